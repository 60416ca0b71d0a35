import type { Warehouse } from '../../../warehouse/warehouse.ts';
import type { Decision, Posting } from '../wire.ts';

/** The decision that an act stands under; `null` when it names none or the council logged none. */
export async function readDecision(warehouse: Warehouse, decision: string): Promise<Decision | null> {
  if (decision === '0') return null;
  const rows = await warehouse.query<Decision>(
    `select mode, toUInt32(seats) as seats, toUInt32(votes_for) as votesFor, toUInt32(votes_against) as votesAgainst,
       signer, robot, members_for as membersFor
     from mart.decision(decision_id = {decision:UInt64})`,
    { decision },
  );
  return rows[0] ?? null;
}

/** How an act was booked, line by line. */
export async function readPostings(warehouse: Warehouse, act: string): Promise<Posting[]> {
  return warehouse.query<Posting>(
    `select toString(entry_id) as entry, kind, member, is_undo as isUndo, debit, credit, toString(amount_rub) as rub,
       toString(share_balance_rub) as shareBalance
     from mart.posting(act_id = {act:UInt64})
     order by entry_id, number`,
    { act },
  );
}
