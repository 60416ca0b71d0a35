import type { Receipt } from '../chain/driver.ts';
import { FOREST, NOWHERE, type World, hashOf, territory } from './world.ts';

type Data = Record<string, unknown>;
export type Act = (over?: Data, signers?: readonly string[]) => Promise<Receipt>;

/** The five acts with usual data at point 1 (chair anna) and point 2 (chair boris); a spec changes what it is about. */
export type Acts = Record<'accept' | 'ship' | 'receive' | 'sellout' | 'issue', Act>;

const terms = { programme: 1, decision_id: 0, document_hash: hashOf('act') };

export const acceptance: Data = {
  chair: 'anna',
  producer: '',
  producer_kind: 'farm',
  point_id: 1,
  product: 'potato',
  quantity: '100.000 KG',
  price: '25.00 RUB',
  origin: territory(FOREST),
  evidence: 1,
  grade: 1,
  rejected: '0.000 KG',
  reject_reason: '',
  ...terms,
};
const outgoing: Data = { chair: 'anna', quantity: '10.000 KG', price: '30.00 RUB', ...terms };
const usual: Record<keyof Acts, Data> = {
  accept: acceptance,
  ship: { ...outgoing, to_point: 2 },
  receive: { chair: 'boris', quantity: '10.000 KG', document_hash: hashOf('waybill') },
  sellout: { ...outgoing, recipient_kind: 'catering', to: NOWHERE },
  issue: { ...outgoing, member: 'ivan' },
};

export function actsOf(world: World): Acts {
  const act =
    (name: keyof Acts): Act =>
    (over = {}, signers) => {
      const data = { ...usual[name], ...over };
      return world.act('market', name, signers ?? signersOf(data), data);
    };
  return {
    accept: act('accept'),
    ship: act('ship'),
    receive: act('receive'),
    sellout: act('sellout'),
    issue: act('issue'),
  };
}

/** Chair, and the member on the other side where there is one. */
function signersOf({ chair, producer, member }: Data): string[] {
  return [chair, producer, member].filter((name): name is string => typeof name === 'string' && name !== '');
}

/** A lot's quantities in thousandths (of KG or LTR) or pieces. */
export type Quantities = Record<'accepted' | 'issued' | 'shipped' | 'sold' | 'lost' | 'stock', number>;

/** "10.000 KG" to 10000. */
export const amountOf = (asset: unknown): number => Number(String(asset).split(' ')[0]?.replace('.', ''));

export async function quantitiesOf(world: World, lot: number): Promise<Quantities> {
  const row = await world.row('market', 'market', 'lots', String(lot));
  if (row === undefined) throw new Error(`lot ${lot} expected on the chain, there is none`);
  const { accepted, issued, shipped, sold, lost, stock } = row;
  return {
    accepted: amountOf(accepted),
    issued: amountOf(issued),
    shipped: amountOf(shipped),
    sold: amountOf(sold),
    lost: amountOf(lost),
    stock: amountOf(stock),
  };
}

/** The last ids that the market gave. */
export async function lastIds(world: World): Promise<{ act: number; lot: number }> {
  const row = await world.row('market', 'market', 'counters', 'counters');
  return { act: Number(row?.['act_id'] ?? 0), lot: Number(row?.['lot_id'] ?? 0) };
}
