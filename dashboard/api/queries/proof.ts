import type { Warehouse } from '../../../warehouse/warehouse.ts';

/** Where to look: rows of irreversible blocks, or those of reversible ones. */
export type Shelf = 'final' | 'tail';
type Place = { readonly block: number; readonly sequence: string };

/** What of an action goes into its receipt: a node computes the same digest from the same bytes. */
export type Receipt = {
  readonly ordinal: number;
  readonly digest: string;
  readonly transaction: string;
  readonly action: string;
};

/** The log action `sequence` of `block` as the chain wrote it; `null` when the shelf does not hold it. */
export async function readReceipt(warehouse: Warehouse, at: Place, shelf: Shelf): Promise<Receipt | null> {
  const table = shelf === 'final' ? 'chain.action' : 'chain.action_tail';
  const rows = await warehouse.query<Receipt>(
    `select action_ordinal as ordinal, lower(hex(act_digest)) as digest, lower(hex(tx_id)) as transaction,
       concat(contract, '::', name) as action
     from ${table}
     where block_num = {block:UInt32} and global_sequence = {sequence:UInt64}`,
    { block: at.block, sequence: at.sequence },
  );
  return rows[0] ?? null;
}
