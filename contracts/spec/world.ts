import { createHash } from 'node:crypto';
import type { Action, ChainDriver, Permission, Receipt } from '../chain/driver.ts';

/** The demo region's territories that the specs act in. */
export const REGION = '02000000';
export const FOREST = '02614000';
export const STEPPE = '02628000';
export const CITY = '02701000';
/** A municipality whose life ended long ago. */
export const ENDED = '02999000';
/** A municipality that begins after anyone's present. */
export const FUTURE = '02999001';

export const NOWHERE = { point_id: 0, oktmo: '', country: '' };
export const territory = (oktmo: string) => ({ ...NOWHERE, oktmo });
export const country = (code: string) => ({ ...NOWHERE, country: code });

export const ZERO_HASH = '0'.repeat(64);
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const as = (...actors: string[]): Permission[] => actors.map((actor) => ({ actor, permission: 'active' }));

type Data = Record<string, unknown>;

/** The specs' way to act: one action a transaction, signed by the named actors. */
export type World = {
  readonly driver: ChainDriver;
  readonly act: (contract: string, name: string, signers: readonly string[], data: Data) => Promise<Receipt>;
  /** The first row with this primary key, if any. */
  readonly row: (code: string, scope: string, table: string, key: string) => Promise<Data | undefined>;
};

export function worldOf(driver: ChainDriver, keys: readonly string[]): World {
  return {
    driver,
    act(contract, name, signers, data) {
      const action: Action = { account: contract, name, authorization: as(...signers), data };
      return driver.transact([action], keys);
    },
    async row(code, scope, table, key) {
      const rows = await driver.rows({ code, scope, table, lowerBound: key, upperBound: key, limit: 1 });
      return rows[0];
    },
  };
}

export const territoryOf = (oktmo: string, over: Data = {}): Data => ({
  oktmo,
  parent: '',
  title: `Территория ${oktmo}`,
  valid_from: '2000-01-01T00:00:00',
  valid_to: '1970-01-01T00:00:00',
  successor: '',
  ...over,
});

export const productOf = (product: string, over: Data = {}): Data => ({
  product,
  title: `Продукт ${product}`,
  okpd2: '01.13.51',
  basket_group: 'potato',
  unit: '3,KG',
  grams_per_unit: 1000,
  primary_ppm: 1_000_000,
  ...over,
});

export const coopOf = (coop: string, over: Data = {}): Data => ({
  coop,
  title: `Кооператив ${coop}`,
  legal_form: 'consumer',
  union: '',
  oktmo: CITY,
  ...over,
});

/** Accounts that every spec has; all answer to the specs' one key, so that authority is what the action declares. */
export const ACCOUNTS = [
  'ano',
  'registry',
  'market',
  'forestcoop',
  'rivercoop',
  'anna',
  'boris',
  'ivan',
  'olga',
  'petr',
  'stranger',
];

/**
 * A small network: forestcoop with section 1 (chair anna) and point 1 in FOREST, rivercoop with section 2 (chair boris) and
 * point 2 in CITY; ivan is an active member of forestcoop living in STEPPE, olga of rivercoop living in CITY; petr only
 * applied to forestcoop; stranger is registered nowhere.
 */
export async function furnish(world: World): Promise<void> {
  const { act } = world;
  await act('registry', 'setterritory', ['ano'], territoryOf(REGION));
  for (const oktmo of [FOREST, STEPPE, CITY])
    await act('registry', 'setterritory', ['ano'], territoryOf(oktmo, { parent: REGION }));
  await act(
    'registry',
    'setterritory',
    ['ano'],
    territoryOf(ENDED, { valid_to: '2001-01-01T00:00:00', successor: CITY }),
  );
  await act('registry', 'setterritory', ['ano'], territoryOf(FUTURE, { valid_from: '2100-01-01T00:00:00' }));
  await act('registry', 'setproduct', ['ano'], productOf('potato'));
  await act(
    'registry',
    'setproduct',
    ['ano'],
    productOf('milk', { basket_group: 'milk', unit: '3,LTR', grams_per_unit: 1030 }),
  );
  await act(
    'registry',
    'setproduct',
    ['ano'],
    productOf('eggs', { basket_group: 'eggs', unit: '0,PCS', grams_per_unit: 55 }),
  );
  for (const coop of ['forestcoop', 'rivercoop']) await act('registry', 'regcoop', ['ano'], coopOf(coop));
  for (const [account, residence] of Object.entries({
    anna: FOREST,
    boris: CITY,
    ivan: STEPPE,
    olga: CITY,
    petr: FOREST,
  })) {
    const data = { account, kind: 'person', residence, person_hash: hashOf(account) };
    await act('registry', 'register', [account], data);
  }
  const sections = [
    { coop: 'forestcoop', chair: 'anna', oktmo: FOREST },
    { coop: 'rivercoop', chair: 'boris', oktmo: CITY },
  ];
  for (const [at, { coop, chair, oktmo }] of sections.entries()) {
    await act('registry', 'addsection', [coop], {
      coop,
      kind: 'geographic',
      title: `Участок ${chair}`,
      chair,
    });
    await act('registry', 'addpoint', [coop], {
      coop,
      section_id: at + 1,
      oktmo,
      title: `Пункт ${chair}`,
      address_hash: hashOf(oktmo),
    });
  }
  await join(world, 'ivan', 'forestcoop', 1);
  await join(world, 'olga', 'rivercoop', 2);
  await apply(world, 'petr', 'forestcoop', 1);
}

export async function apply(world: World, account: string, coop: string, section_id: number): Promise<void> {
  const application_hash = hashOf(`application of ${account}`);
  const consent_hash = hashOf(`consent of ${account}`);
  await world.act('registry', 'apply', [account], {
    account,
    coop,
    section_id,
    application_hash,
    consent_hash,
  });
}

async function join(world: World, account: string, coop: string, section_id: number): Promise<void> {
  await apply(world, account, coop, section_id);
  await world.act('registry', 'admit', [coop], { coop, account, decision_id: 0 });
}
