import type { Warehouse } from '../../../warehouse/warehouse.ts';
import type { ActAnswer, Place } from '../wire.ts';
import { readProof } from './proof.ts';

type Body = Omit<ActAnswer, 'asOf' | 'stale' | 'proof' | 'final' | 'from' | 'to' | 'origin'>;
type Row = Body &
  Record<`${'from' | 'to' | 'origin'}_${keyof Place}`, string> & { block: number; sequence: string };

const BODY = `
  toString(a.act_id) as act, toString(a.parent_act) as parent, toString(a.kind) as kind, toString(a.at) as at,
  a.coop as coop, a.coop_title as coopTitle, toString(a.programme) as programme, toString(a.decision_id) as decision,
  a.robot as robot, a.document_hash as documentHash, toString(a.lot_id) as lot,
  a.product as product, a.product_title as productTitle, a.okpd2 as okpd2,
  toString(a.quantity) as quantity, toString(a.rejected) as rejected, a.reject_reason as rejectReason, a.unit as unit,
  toString(a.kg) as kg, toString(a.price_rub) as price, toString(a.value_rub) as rub, toUInt32(a.grade) as grade,
  a.status as status, toUInt32(a.evidence) as evidence,
  a.producer as producer, a.producer_kind as producerKind, a.producer_member as producerMember,
  a.recipient as recipient, a.recipient_kind as recipientKind, a.residence as residence,
  a.from_territory as from_territory, a.from_title as from_title, toString(a.from_point) as from_point, a.from_point_title as from_pointTitle,
  a.to_territory as to_territory, a.to_title as to_title, toString(a.to_point) as to_point, a.to_point_title as to_pointTitle,
  a.origin_territory as origin_territory, a.origin_title as origin_title, '0' as origin_point, '' as origin_pointTitle,
  a.block_num as block, toString(a.global_sequence) as sequence`;

const place = (row: Row, end: 'from' | 'to' | 'origin'): Place => ({
  territory: row[`${end}_territory`],
  title: row[`${end}_title`],
  point: row[`${end}_point`],
  pointTitle: row[`${end}_pointTitle`],
});

/** One act as recorded, with names and with what the chain says of it; `null` when no final act has the number. */
export async function readAct(warehouse: Warehouse, id: string): Promise<Omit<ActAnswer, 'asOf'> | null> {
  const rows = await warehouse.query<Row>(`select ${BODY} from mart.act(act_id = {id:UInt64}) as a`, { id });
  const row = rows[0];
  if (!row) return null;
  const proof = await readProof(warehouse, row, 'final');
  if (!proof)
    throw new Error(`act ${id} is a fact of block ${row.block}, but chain.action has no such action`);
  return {
    ...row,
    final: true,
    from: place(row, 'from'),
    to: place(row, 'to'),
    origin: place(row, 'origin'),
    proof,
  };
}
