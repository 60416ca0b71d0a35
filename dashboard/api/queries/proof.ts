import type { Warehouse } from '../../../warehouse/warehouse.ts';
import type { ActAnswer } from '../wire.ts';

export type Proof = ActAnswer['proof'];
type ActionRow = {
  block: number;
  transaction: string;
  sequence: string;
  action: string;
  ordinal: number;
  creator: number;
  digest: string;
  actors: { actor: string; permission: string }[];
};
type BlockRow = { blockId: string; blockTime: string; blockProducer: string };

/** Where to look: rows of irreversible blocks, or those of reversible ones. */
export type Shelf = 'final' | 'tail';
const table = (name: string, shelf: Shelf) => (shelf === 'final' ? `chain.${name}` : `chain.${name}_tail`);

/** The action that started it: the log's creator, its creator's creator… Its actors are who signed. */
function rootOf(actions: readonly ActionRow[], log: ActionRow): ActionRow {
  const creator = actions.find(({ ordinal }) => ordinal === log.creator);
  return creator && creator !== log ? rootOf(actions, creator) : log;
}

const ACTIONS = (shelf: Shelf) => `
  select block_num as block, lower(hex(tx_id)) as transaction, toString(global_sequence) as sequence,
    concat(contract, '::', name) as action, action_ordinal as ordinal, creator_action_ordinal as creator,
    lower(hex(act_digest)) as digest, arrayMap(a -> map('actor', a.1, 'permission', a.2), actors) as actors
  from ${table('action', shelf)}
  where block_num = {block:UInt32}
    and tx_id in (
      select tx_id from ${table('action', shelf)}
      where block_num = {block:UInt32} and global_sequence = {sequence:UInt64}
    )
  order by action_ordinal`;

const BLOCK = (shelf: Shelf) => `
  select lower(hex(block_id)) as blockId, toString(block_time) as blockTime, producer as blockProducer
  from ${table('block', shelf)}
  where block_num = {block:UInt32}`;

/** What the chain itself says of the log action `sequence` in `block`; `null` when the shelf does not hold it. */
export async function readProof(
  warehouse: Warehouse,
  at: { readonly block: number; readonly sequence: string },
  shelf: Shelf,
): Promise<Proof | null> {
  const [actions, blocks] = await Promise.all([
    warehouse.query<ActionRow>(ACTIONS(shelf), at),
    warehouse.query<BlockRow>(BLOCK(shelf), { block: at.block }),
  ]);
  const log = actions.find(({ sequence }) => sequence === at.sequence);
  const block = blocks[0];
  if (!log || !block) return null;
  return {
    block: log.block,
    ...block,
    transaction: log.transaction,
    action: log.action,
    ordinal: log.ordinal,
    sequence: log.sequence,
    digest: log.digest,
    signers: rootOf(actions, log).actors,
  };
}
