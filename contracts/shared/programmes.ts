import { Name, TableStore } from 'proton-tsc';
import { Participant, Programme } from '../funds/funds.tables';
import { refuse, textOf } from './checks';

/** A programme in any state. */
export function requireProgramme(programme_id: u64): Programme {
  const found = new TableStore<Programme>(Name.fromString('funds')).get(programme_id);
  if (found == null) refuse(`programme: a known one expected, came ${programme_id}`);
  return found!;
}

/** A programme that a council approved and did not close. */
export function requireInForce(programme_id: u64): Programme {
  const programme = requireProgramme(programme_id);
  if (programme.status != Name.fromString('approved'))
    refuse(`programme: an approved one expected, ${programme_id} is ${programme.status}`);
  return programme;
}

/** A programme in force of this cooperative (R64). */
export function requireProgrammeOf(programme_id: u64, coop: Name): Programme {
  const programme = requireInForce(programme_id);
  if (programme.coop != coop)
    refuse(`programme: one of ${coop} expected, ${programme_id} is of ${programme.coop}`);
  return programme;
}

/** One who signed the version in force: no property moves between a cooperative and anyone else (R64, R65). */
export function requireJoined(field: string, programme: Programme, account: Name): void {
  const id = programme.programme_id;
  const found = new TableStore<Participant>(Name.fromString('funds'), new Name(id)).get(account.N);
  if (found == null)
    refuse(`${field}: a participant of programme ${id} expected, ${textOf(account)} is none`);
  if (found!.version != programme.version) {
    refuse(
      `${field}: a participant by version ${programme.version} of programme ${id} expected, ${account} signed ${found!.version}`,
    );
  }
}
