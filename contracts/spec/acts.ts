import type { Receipt } from '../chain/driver.ts';
import { FOREST, NOWHERE, type World, hashOf, territory } from './world.ts';

type Data = Record<string, unknown>;
export type Act = (over?: Data, signers?: readonly string[]) => Promise<Receipt>;

const terms = { programme: 1, decision_id: 0, document_hash: hashOf('act') };
const coming = {
  point_id: 1,
  product: 'potato',
  quantity: '100.000 KG',
  price: '25.00 RUB',
  origin: territory(FOREST),
  evidence: 1,
};
const inspected = { grade: 1, rejected: '0.000 KG', reject_reason: '' };
const outgoing = { quantity: '10.000 KG', price: '30.00 RUB' };
const told = { quantity: '1.000 KG', reason: 'гниль', document_hash: hashOf('act') };

/** Goods bought at point 1 of one who is no member. */
export const purchase: Data = { chair: 'anna', producer_kind: 'farm', ...coming, ...inspected, ...terms };

/** Every act on goods with usual data at point 1 (chair anna, member ivan) and point 2 (chair boris, member olga). */
const usual = {
  supply: {
    producer: 'ivan',
    producer_kind: 'household',
    ...coming,
    programme: 1,
    document_hash: hashOf('act'),
  },
  accept: {
    chair: 'anna',
    document_hash: hashOf('act'),
    quantity: '100.000 KG',
    price: '25.00 RUB',
    evidence: 1,
    ...inspected,
    decision_id: 0,
  },
  buy: purchase,
  ship: { chair: 'anna', ...outgoing, to_point: 2, ...terms },
  receive: { chair: 'boris', quantity: '10.000 KG', document_hash: hashOf('waybill') },
  sellout: { chair: 'anna', ...outgoing, recipient_kind: 'catering', to: NOWHERE, ...terms },
  claim: { member: 'ivan', ...outgoing, programme: 1, order_id: 0, document_hash: hashOf('act') },
  issue: { chair: 'anna', document_hash: hashOf('act'), decision_id: 0 },
  giveback: { member: 'ivan', ...told },
  takeback: { chair: 'anna', document_hash: hashOf('act'), fit: true, decision_id: 0 },
  complain: { member: 'ivan', ...told },
  resolve: { chair: 'anna', upheld: true, reason: 'проверено', document_hash: hashOf('act') },
  writeoff: { chair: 'anna', ...told, decision_id: 0 },
  process: {
    chair: 'anna',
    point_id: 1,
    product: 'starch',
    quantity: '2.000 KG',
    price: '120.00 RUB',
    grade: 1,
    ...terms,
  },
  count: { chair: 'anna', reason: 'инвентаризация', document_hash: hashOf('act'), decision_id: 0 },
  reverse: { chair: 'anna', party: '', reason: 'ошибка', decision_id: 0, document_hash: hashOf('act') },
  lapse: { caller: 'stranger', document_hash: hashOf('act') },
  prune: { caller: 'stranger', up_to_act: 1_000_000, max: 100 },
} satisfies Record<string, Data>;

export type ActName = keyof typeof usual;
export type Acts = Record<ActName, Act>;

export function actsOf(world: World): Acts {
  const act =
    (name: ActName): Act =>
    (over = {}, signers) => {
      const data = { ...usual[name], ...over };
      return world.act('market', name, signers ?? signersOf(data), data);
    };
  const names = Object.keys(usual) as ActName[];
  return Object.fromEntries(names.map((name) => [name, act(name)])) as Acts;
}

/** Who signs: the chair or the one who calls, and the member on the other side where there is one. */
function signersOf({ chair, producer, member, party, caller }: Data): string[] {
  const names = [chair, producer, member, party, caller];
  return names.filter((name): name is string => typeof name === 'string' && name !== '');
}

/** A lot's quantities in thousandths (of KG or LTR) or pieces. */
export type Quantities = Record<
  'accepted' | 'issued' | 'shipped' | 'sold' | 'processed' | 'lost' | 'stock',
  number
>;

/** "10.000 KG" to 10000. */
export const amountOf = (asset: unknown): number => Number(String(asset).split(' ')[0]?.replace('.', ''));

export async function quantitiesOf(world: World, lot: number): Promise<Quantities> {
  const row = await world.row('market', 'market', 'lots', String(lot));
  if (row === undefined) throw new Error(`lot ${lot} expected on the chain, there is none`);
  const { accepted, issued, shipped, sold, processed, lost, stock } = row;
  return {
    accepted: amountOf(accepted),
    issued: amountOf(issued),
    shipped: amountOf(shipped),
    sold: amountOf(sold),
    processed: amountOf(processed),
    lost: amountOf(lost),
    stock: amountOf(stock),
  };
}

export type LastIds = { readonly act: number; readonly lot: number; readonly complaint: number };

/** The last ids that the market gave. */
export async function lastIds(world: World): Promise<LastIds> {
  const row = await world.row('market', 'market', 'counters', 'counters');
  const last = (field: string) => Number(row?.[field] ?? 0);
  return { act: last('act_id'), lot: last('lot_id'), complaint: last('complaint_id') };
}
