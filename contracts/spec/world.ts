import { CONTRACTS } from '../built.ts';
import { ACT_KINDS, automate, delegate } from './decisions.ts';
import { type Data, type World, hashOf } from './world-act.ts';

export { type World, hashOf, worldOf } from './world-act.ts';

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
  valid_from: '2000-01-01T00:00:00',
  valid_to: '1970-01-01T00:00:00',
  successor: '',
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

/** Who sits in the councils, the chair first. */
export const COUNCILS = {
  forestcoop: ['fedor', 'faina', 'foma'],
  rivercoop: ['rodion', 'rita', 'roman'],
} as const;

/** Accounts that every spec has; all answer to the specs' one key, so that authority is what the action declares. */
export const ACCOUNTS = [
  'ano',
  ...CONTRACTS,
  'forestcoop',
  'rivercoop',
  'robot',
  ...Object.values(COUNCILS).flat(),
  'anna',
  'boris',
  'ivan',
  'olga',
  'petr',
  'stranger',
];

const RESIDENCES = {
  fedor: FOREST,
  faina: FOREST,
  foma: FOREST,
  rodion: CITY,
  rita: CITY,
  roman: CITY,
  anna: FOREST,
  boris: CITY,
  ivan: STEPPE,
  olga: CITY,
  petr: FOREST,
};

/**
 * A small network: forestcoop with section 1 (chair anna) and point 1 in FOREST, rivercoop with section 2 (chair boris) and
 * point 2 in CITY, each with its council; anna and ivan are active members of forestcoop, boris and olga of rivercoop, ivan lives
 * in STEPPE, olga in CITY; petr only applied to forestcoop; stranger is registered nowhere. The councils let the robot
 * `market` decide acts and `robot` admissions.
 */
export async function furnish(world: World): Promise<void> {
  await enterReference(world);
  for (const [account, residence] of Object.entries(RESIDENCES))
    await registerPerson(world, account, residence);
  await openPlaces(world, 1, 'forestcoop', 'anna', FOREST);
  await openPlaces(world, 2, 'rivercoop', 'boris', CITY);
  await foundCouncil(world, 'forestcoop', 1);
  await foundCouncil(world, 'rivercoop', 2);
  for (const account of ['anna', 'ivan']) await join(world, account, 'forestcoop', 1);
  for (const account of ['boris', 'olga']) await join(world, account, 'rivercoop', 2);
  await apply(world, 'petr', 'forestcoop', 1);
}

async function enterReference({ act }: World): Promise<void> {
  await act('registry', 'setterritory', ['ano'], territoryOf(REGION));
  for (const oktmo of [FOREST, STEPPE, CITY])
    await act('registry', 'setterritory', ['ano'], territoryOf(oktmo, { parent: REGION }));
  const ended = territoryOf(ENDED, { valid_to: '2001-01-01T00:00:00', successor: CITY });
  await act('registry', 'setterritory', ['ano'], ended);
  await act('registry', 'setterritory', ['ano'], territoryOf(FUTURE, { valid_from: '2100-01-01T00:00:00' }));
  const products = [
    productOf('potato'),
    productOf('milk', { basket_group: 'milk', unit: '3,LTR', grams_per_unit: 1030 }),
    productOf('eggs', { basket_group: 'eggs', unit: '0,PCS', grams_per_unit: 55 }),
  ];
  for (const product of products) await act('registry', 'setproduct', ['ano'], product);
  for (const coop of Object.keys(COUNCILS)) await act('registry', 'regcoop', ['ano'], coopOf(coop));
}

/** A person, registered and verified. */
export async function registerPerson({ act }: World, account: string, residence: string): Promise<void> {
  const data = { account, kind: 'person', residence, person_hash: hashOf(account), representative: '' };
  await act('registry', 'register', [account], data);
  const papers = { verifier: 'ano', account, document_hash: hashOf(`papers of ${account}`) };
  await act('registry', 'verify', ['ano'], papers);
}

async function openPlaces({ act }: World, id: number, coop: string, chair: string, oktmo: string) {
  const section = { coop, kind: 'geographic', title: `Участок ${chair}`, chair };
  await act('registry', 'addsection', [coop], section);
  const point = { coop, section_id: id, oktmo, title: `Пункт ${chair}`, address_hash: hashOf(oktmo) };
  await act('registry', 'addpoint', [coop], point);
}

/** The founders apply and are admitted by the founding; each lets the robots act. */
async function foundCouncil(world: World, coop: keyof typeof COUNCILS, section_id: number): Promise<void> {
  const members = COUNCILS[coop];
  for (const member of members) await apply(world, member, coop, section_id);
  const document_hash = hashOf(`founding of ${coop}`);
  await world.act('council', 'found', [coop], { coop, chair: members[0], members, document_hash });
  for (const member of members) {
    const signs = member === members[0];
    await delegate(world, member, coop, 'market', ACT_KINDS, signs);
    await delegate(world, member, coop, 'robot', ['admit', 'grantrole', 'programme'], signs);
  }
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
  await automate(world, coop, 'admit', { subject: account });
}
