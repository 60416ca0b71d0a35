import type { Receipt } from '../chain/driver.ts';
import { type Acts, actsOf, lastIds } from './acts.ts';
import { type SpecChain, openSpecChain } from './chain.ts';
import { ledgerOf, furnishFunds } from './funds-world.ts';
import { CITY, type World, furnish, hashOf, productOf } from './world.ts';

type Data = Record<string, unknown>;

/** What a pair of acts left: the last act and lot. */
export type Done = { readonly act: number; readonly lot: number; readonly receipt: Receipt };

/** A chain for the acts on goods, and the acts that take two halves done in one call. */
export type GoodsWorld = {
  readonly chain: SpecChain;
  readonly world: World;
  readonly acts: Acts;
  /** A document that no other act has. */
  readonly document: () => string;
  readonly buy: (over?: Data) => Promise<Done>;
  readonly supplied: (over?: Data, accepting?: Data) => Promise<Done>;
  readonly issued: (over?: Data, issuing?: Data) => Promise<Done>;
  readonly broughtBack: (over?: Data, taking?: Data) => Promise<Done>;
  readonly lotRow: (lot: number) => Promise<Data | undefined>;
  readonly actRow: (act: number) => Promise<Data | undefined>;
  /** The market's own logs of a transaction with their bodies, in order. */
  readonly logsOf: (receipt: Receipt) => Promise<[string, Data][]>;
  /** The sum of each cooperative's ledger: always zero. */
  readonly ledgerSums: () => Promise<number[]>;
};

/**
 * The small network with programmes and money, and beside it point 3 of section 1 in CITY, the product `starch`, the service
 * `haircut` and `oldbread`, whose days are over.
 */
export async function openGoodsWorld(): Promise<GoodsWorld> {
  const chain = await openSpecChain();
  const { world } = chain;
  await furnish(world);
  await furnishFunds(world);
  const address_hash = hashOf('point 3');
  await world.act('registry', 'addpoint', ['forestcoop'], {
    coop: 'forestcoop',
    section_id: 1,
    oktmo: CITY,
    title: 'Пункт в городе',
    address_hash,
  });
  const service = { basket_group: 'service', unit: '0,PCS', grams_per_unit: 0, primary_ppm: 0 };
  const products = [
    productOf('starch'),
    productOf('haircut', service),
    productOf('oldbread', { valid_to: '2001-01-01T00:00:00' }),
  ];
  for (const product of products) await world.act('registry', 'setproduct', ['ano'], product);
  return { ...deskOf(world, chain), chain };
}

function deskOf(world: World, chain: SpecChain): Omit<GoodsWorld, 'chain'> {
  const acts = actsOf(world);
  let documents = 0;
  const document = () => hashOf(`document ${++documents}`);
  const done = async (receipt: Receipt): Promise<Done> => {
    const { act, lot } = await lastIds(world);
    return { act, lot, receipt };
  };
  const pair =
    (first: 'supply' | 'claim' | 'giveback', second: 'accept' | 'issue' | 'takeback') =>
    async (over: Data = {}, then: Data = {}): Promise<Done> => {
      const document_hash = over['document_hash'] ?? document();
      await acts[first]({ ...over, document_hash });
      const same = first === 'supply' ? pick(over, ['quantity', 'price', 'evidence']) : {};
      return done(await acts[second]({ document_hash, ...same, ...then }));
    };
  return {
    world,
    acts,
    document,
    buy: async (over = {}) => done(await acts.buy({ document_hash: document(), ...over })),
    supplied: pair('supply', 'accept'),
    issued: pair('claim', 'issue'),
    broughtBack: pair('giveback', 'takeback'),
    lotRow: (lot) => world.row('market', 'market', 'lots', String(lot)),
    actRow: (act) => world.row('market', 'market', 'acts', String(act)),
    async logsOf(receipt) {
      const all = await chain.executed(receipt);
      const logs = all.filter(({ account, name }) => account === 'market' && name.startsWith('log'));
      return logs.map(({ name, data }) => [name, (data['body'] ?? data) as Data]);
    },
    async ledgerSums() {
      const ledgers = await Promise.all(['forestcoop', 'rivercoop'].map((coop) => ledgerOf(world, coop)));
      return ledgers.map((ledger) => Object.values(ledger).reduce((sum, balance) => sum + balance, 0));
    },
  };
}

const pick = (data: Data, fields: readonly string[]): Data =>
  Object.fromEntries(Object.entries(data).filter(([field]) => fields.includes(field)));
