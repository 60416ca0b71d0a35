import { Asset, Checksum256, EMPTY_NAME, Name } from 'proton-tsc';
import { underDecision } from '../../shared/calls';

/** The decision that a deal stands on, and the robot that took it; no robot where the council's own was used up. */
export class Decided {
  constructor(
    public decision_id: u64,
    public robot: Name,
  ) {}
}

/** Puts a deal under a decision of the council (R22): the given one, or one that the market's robot takes. */
export function decide(
  self: Name,
  coop: Name,
  decision_id: u64,
  kind: string,
  subject: u64,
  amount: Asset,
  document_hash: Checksum256,
): Decided {
  const robot = decision_id == 0 ? self : EMPTY_NAME;
  const taken = underDecision(self, coop, decision_id, Name.fromString(kind), subject, amount, document_hash);
  return new Decided(taken, robot);
}
