import { Asset, EMPTY_NAME, Name, Table, TableStore, TimePointSec, currentTimeSec } from 'proton-tsc';
import { refuse } from '../../shared/checks';
import { Movement } from '../market.log';

/** An act as it was logged, kept for what may follow it: a return, a complaint, a reversal. See `ways.tables.ts` for its kinds. */
@table('acts')
export class Act extends Table {
  constructor(
    public act_id: u64 = 0,
    public kind: Name = EMPTY_NAME,
    public at: TimePointSec = new TimePointSec(),
    public reversed: bool = false,
    /** Of an issue: what of its quantity, mass and value the member brought back. */
    public returned: Asset = new Asset(),
    public returned_grams: u64 = 0,
    public refunded: Asset = new Asset(),
    /** Of an issue: the complaint that is open, if any. */
    public complaint_id: u64 = 0,
    public body: Movement = new Movement(),
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.act_id;
  }
}

/** An act that has just been done. */
export function newAct(kind: Name, body: Movement): Act {
  const act = new Act(body.act_id, kind, new TimePointSec(currentTimeSec()));
  act.returned = new Asset(0, body.quantity.symbol);
  act.refunded = new Asset(0, body.value.symbol);
  act.body = body;
  return act;
}

/** Counts a return to its issue, or with `sign` −1 takes it off again. */
export function noteReturn(issue: Act, body: Movement, sign: i64): void {
  issue.returned.amount += sign * body.quantity.amount;
  issue.returned_grams += <u64>sign * body.grams;
  issue.refunded.amount += sign * body.value.amount;
}

export function requireAct(acts: TableStore<Act>, act_id: u64): Act {
  const found = acts.get(act_id);
  if (found == null) refuse(`act_id: an act of the last 400 days expected, came ${act_id}`);
  return found!;
}

/** An act that nothing has taken back. */
export function requireStanding(acts: TableStore<Act>, act_id: u64): Act {
  const act = requireAct(acts, act_id);
  if (act.reversed) refuse(`act_id: an act in force expected, ${act_id} is reversed`);
  return act;
}

/** An issue in force to this member. */
export function requireIssueTo(acts: TableStore<Act>, act_id: u64, member: Name): Act {
  const act = requireStanding(acts, act_id);
  if (act.kind != Name.fromString('issue'))
    refuse(`act_id: an act of issue expected, ${act_id} is ${act.kind}`);
  if (act.body.recipient != member)
    refuse(`member: ${act.body.recipient}, to whom act ${act_id} issued, expected, came ${member}`);
  return act;
}
