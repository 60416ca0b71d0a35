import type { Receipt } from '../chain/driver.ts';
import { nameNumber } from '../devnet/bytes/name.ts';
import type { SpecChain } from './chain.ts';
import { type Data, type World, hashOf } from './world-act.ts';

/** Dates that are past and to come for whoever runs the specs. */
export const PAST = '2000-01-01T00:00:00';
export const OVER = '2001-01-01T00:00:00';
export const FUTURE = '2090-01-01T00:00:00';
export const LATER = '2095-01-01T00:00:00';
export const NEVER = '1970-01-01T00:00:00';

/** A product's name as the number that a pool of an order has for its subject. */
export const subjectOf = (product: string): string => String(nameNumber(product));

const potato = { product: 'potato', quantity: '20.000 KG', price: '30.00 RUB' };
const offered = {
  member: 'ivan',
  ...potato,
  from: PAST,
  till: FUTURE,
  best_before: NEVER,
  point_id: 1,
  wants: ['milk'],
  document_hash: hashOf('offer'),
};

/** Every deal with usual data in forestcoop (members anna and ivan, cashier faina, programme 1). */
const usual = {
  offer: offered,
  need: offered,
  withdraw: { member: 'ivan' },
  lapseoffer: { caller: 'stranger' },
  order: {
    member: 'ivan',
    programme: 1,
    ...potato,
    point_id: 1,
    due: FUTURE,
    document_hash: hashOf('order'),
  },
  cancelorder: { member: 'ivan' },
  lapseorder: { caller: 'stranger' },
  addthing: {
    owner: 'ivan',
    kind: 'machine',
    title: 'Мотоблок',
    oktmo: '02628000',
    document_hash: hashOf('thing'),
  },
  rent: {
    owner: 'ivan',
    renter: 'anna',
    from: PAST,
    till: FUTURE,
    price: '500.00 RUB',
    programme: 1,
    decision_id: 0,
    document_hash: hashOf('rent'),
  },
  endrent: { caller: 'anna', document_hash: hashOf('return') },
  invest: {
    member: 'ivan',
    programme: 1,
    pool_id: 0,
    amount: '1000.00 RUB',
    due: FUTURE,
    return_ppm: 50_000,
    document_hash: hashOf('investment'),
    decision_id: 0,
  },
  payback: { cashier: 'faina', amount: '400.00 RUB', document_hash: hashOf('payback'), decision_id: 0 },
  work: {
    member: 'ivan',
    programme: 1,
    minutes: 90,
    rate: '333.33 RUB',
    section_id: 1,
    document_hash: hashOf('work'),
  },
  approvework: { chair: 'anna', document_hash: hashOf('work'), minutes: 90, decision_id: 0 },
  lapsework: { caller: 'stranger', document_hash: hashOf('work') },
  pool: {
    member: 'ivan',
    programme: 1,
    kind: 'invest',
    subject: 0,
    target: '1000.00 RUB',
    till: FUTURE,
    document_hash: hashOf('pool'),
    decision_id: 0,
  },
  joinpool: { member: 'ivan', amount: '400.00 RUB', document_hash: hashOf('pledge') },
  closepool: { member: 'ivan' },
} satisfies Record<string, Data>;

type DealName = keyof typeof usual;
type Deal = (over?: Data, signers?: readonly string[]) => Promise<Receipt>;
export type Deals = Record<DealName, Deal>;

const SIDES = ['member', 'owner', 'renter', 'cashier', 'chair', 'caller'];

/** The deals, each signed by whom its data names; a spec changes what it is about. */
export function dealsOf(world: World): Deals {
  const deal =
    (name: DealName): Deal =>
    (over = {}, signers) => {
      const data: Data = { ...usual[name], ...over };
      const sides = SIDES.flatMap((side) => (typeof data[side] === 'string' ? [data[side]] : []));
      return world.act('market', name, signers ?? sides, data);
    };
  const names = Object.keys(usual) as DealName[];
  return Object.fromEntries(names.map((name) => [name, deal(name)])) as Deals;
}

type Counted = 'offer_id' | 'order_id' | 'thing_id' | 'rent_id' | 'invest_id' | 'pool_id';

/** The last id that the market gave to a deal. */
export async function lastDeal(world: World, counted: Counted): Promise<number> {
  const row = await world.row('market', 'market', 'dealcounters', 'dealcounters');
  return Number(row?.[counted] ?? 0);
}

/** The market's logs of a transaction, in order: name and data. */
export async function marketLogs(chain: SpecChain, receipt: Receipt): Promise<[string, Data][]> {
  const executed = await chain.executed(receipt);
  return executed
    .filter(({ account, name }) => account === 'market' && name.startsWith('log'))
    .map(({ name, data }) => [name, data]);
}

/** What was booked by a transaction: kind, member and share balance afterwards. */
export async function bookings(chain: SpecChain, receipt: Receipt): Promise<Data[]> {
  const executed = await chain.executed(receipt);
  return executed
    .filter(({ name }) => name === 'logposting')
    .map(({ data: { kind, member, amount, programme, act_id } }) => ({
      kind,
      member,
      amount,
      programme,
      act_id,
    }));
}

/** Moves the clock by days; false on a chain whose clock is the world's. */
export async function pass({ driver }: World, days: number): Promise<boolean> {
  if (driver.travel === undefined) return false;
  const { headBlockTime } = await driver.info();
  await driver.travel(Date.parse(`${headBlockTime.replace(/Z$/, '')}Z`) + days * 86_400_000);
  return true;
}
