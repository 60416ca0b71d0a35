import type { Warehouse } from '../../../warehouse/warehouse.ts';
import type { ActAnswer, Place, PendingAct } from '../wire.ts';
import { readLinks } from './links.ts';
import { readLot } from './lot.ts';
import { readDecision, readPostings } from './lawful.ts';
import { readOrigins } from './origins.ts';
import { readReceipt } from './proof.ts';
import { readSigners } from './signers.ts';

type End = 'from' | 'to' | 'origin';
type Apart = 'asOf' | 'stale' | 'proof' | 'way' | 'council' | 'postings' | 'origins' | 'links' | End;
type Row = Omit<ActAnswer, Apart> &
  Record<`${End}_${keyof Place}`, string> &
  Omit<ActAnswer['proof'], 'ordinal' | 'digest' | 'action' | 'signers'> & { signers: [string, string][] };

const ends = (['from', 'to'] as const)
  .map(
    (end) =>
      `${end}_territory, ${end}_territory_title as ${end}_title, toString(${end}_point) as ${end}_point,
       ${end}_point_title as ${end}_pointTitle, ${end}_section_title as ${end}_section`,
  )
  .join(', ');

const ACT = `
  select toString(act_id) as act, toString(parent_act) as parent, kind, toString(at) as at,
    coop, coop_title as coopTitle, toString(programme) as programme,
    programme_title as programmeTitle, toUInt32(programme_version) as programmeVersion, toString(decision_id) as decision, robot,
    document_hash as documentHash, toString(lot_id) as lot, product, product_title as productTitle,
    toString(quantity) as quantity, toString(rejected) as rejected, reject_reason as rejectReason, unit,
    toString(kg) as kg, toString(price_rub) as price, toString(value_rub) as rub, toUInt32(grade) as grade, status,
    toUInt32(evidence) as evidence, producer, producer_kind as producerKind, producer_member as producerMember,
    recipient, recipient_kind as recipientKind, residence, toString(parent_lot) as parentLot,
    toString(order_id) as order, chair, reason, ${ends},
    origin_territory, origin_territory_title as origin_title, '0' as origin_point, '' as origin_pointTitle,
    '' as origin_section, block_num as block, block_id as blockId, block_producer as blockProducer,
    tx_id as transaction, toString(global_sequence) as sequence,
    arrayMap(signer -> [signer.1, signer.2], signers) as signers
  from mart.act(act_id = {id:UInt64})`;

const place = (row: Row, end: End): Place => ({
  territory: row[`${end}_territory`],
  title: row[`${end}_title`],
  point: row[`${end}_point`],
  pointTitle: row[`${end}_pointTitle`],
  section: row[`${end}_section`],
});

/** One act as recorded, with names and with what the chain says of it; `null` when no final act has the number. */
export async function readAct(warehouse: Warehouse, id: string): Promise<Omit<ActAnswer, 'asOf'> | null> {
  const row = (await warehouse.query<Row>(ACT, { id }))[0];
  if (!row) return null;
  const [receipt, way, people, council, postings, origins, links] = await Promise.all([
    readReceipt(warehouse, row, 'final'),
    readLot(warehouse, row.lot),
    readSigners(warehouse, row, { from: row.from_point, to: row.to_point }),
    readDecision(warehouse, row.decision),
    readPostings(warehouse, id),
    readOrigins(warehouse, id),
    readLinks(warehouse, id),
  ]);
  if (!receipt)
    throw new Error(`act ${id} is a fact of block ${row.block}, but chain.action has no such action`);
  const { block, blockId, blockProducer, sequence } = row;
  return {
    ...row,
    from: place(row, 'from'),
    to: place(row, 'to'),
    origin: place(row, 'origin'),
    way,
    council,
    postings,
    origins,
    links,
    proof: { block, blockId, blockProducer, sequence, ...receipt, signers: people },
  };
}

/** An act in a block that a fork may still take back; `null` when there is none. */
export async function readPendingAct(warehouse: Warehouse, id: string): Promise<PendingAct | null> {
  const rows = await warehouse.query<PendingAct>(
    `select toString(act_id) as act, kind, status, toString(at) as at, product, toString(quantity) as quantity, unit,
       toString(value_rub) as rub, block_num as block, tx_id as transaction
     from mart.pending
     where act_id = {id:UInt64}`,
    { id },
  );
  return rows[0] ?? null;
}
