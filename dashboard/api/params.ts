import { Type, type Static } from 'typebox';
import { parsePeriod, PeriodError, rollingYear, type Period } from '../lib/filters/period.ts';
import { INDICATORS, type Indicator } from '../lib/filters/indicator.ts';
import { KINDS, type Kind } from '../lib/filters/kind.ts';
import { badParameter } from './errors.ts';
import { EXPECTED } from './expected.ts';

const text = (name: string, pattern: string, maxLength = 40) =>
  Type.Optional(Type.String({ pattern, maxLength, description: EXPECTED[name] ?? '' }));

const OKTMO = '^\\d{8}(\\d{3})?$';
const CODE = '^[a-z1-5.]{1,13}$';

/** Filters that a tile, its records, its file and its API call share; short keys, defaults left out. */
export const filterFields = {
  t: text('t', OKTMO),
  p: text('p', '^[0-9Q.-]{4,22}$'),
  g: text('g', CODE),
  pr: text('pr', CODE),
};

export const FilterQuery = Type.Object(filterFields, { additionalProperties: false });
export type FilterQuery = Static<typeof FilterQuery>;

const indicator = Type.Enum([...INDICATORS], { description: EXPECTED['i'] ?? '' });
const kind = Type.Enum([...KINDS], { description: EXPECTED['k'] ?? '' });
const lang = Type.Optional(Type.Union([Type.Literal('ru'), Type.Literal('en')]));

export const ActsQuery = Type.Object(
  {
    ...filterFields,
    i: Type.Optional(indicator),
    k: Type.Optional(kind),
    after: text('after', '^\\d{1,10}\\.\\d{1,20}$'),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: EXPECTED['limit'] ?? '' })),
  },
  { additionalProperties: false },
);

export const ActsFileQuery = Type.Object(
  { ...filterFields, i: Type.Optional(indicator), k: Type.Optional(kind), lang },
  { additionalProperties: false },
);
export const FilterFileQuery = Type.Object({ ...filterFields, lang }, { additionalProperties: false });

/** One of the two is empty. */
export type Records = { readonly indicator: Indicator | ''; readonly kind: Kind | '' };

export const SearchQuery = Type.Object(
  { q: Type.Optional(Type.String({ maxLength: 100, description: EXPECTED['q'] ?? '' })) },
  { additionalProperties: false },
);
export const TerritoryPath = Type.Object({ oktmo: Type.String({ pattern: OKTMO }) });
export const ActPath = Type.Object({ id: Type.String({ pattern: '^[1-9]\\d{0,18}$' }) });
export const Nothing = Type.Object({}, { additionalProperties: false });

const U32 = 4_294_967_295;
const U64 = 2n ** 64n - 1n;

/** Where a page of records begins: after this action. */
export type Cursor = { readonly block: number; readonly sequence: string };

/** Reads `block.sequence`; without one, the newest. Throws ApiError when the numbers are none of a chain. */
export function cursorOf(after: string | undefined): Cursor {
  if (after === undefined) return { block: U32, sequence: String(U64) };
  const [block = '', sequence = ''] = after.split('.');
  if (Number(block) > U32 || BigInt(sequence) > U64) throw badParameter('after');
  return { block: Number(block), sequence };
}

/** What records are of: an indicator, by default production, or acts of one kind. Throws ApiError when both are asked for. */
export function recordsAsked(query: {
  readonly i?: Indicator | undefined;
  readonly k?: Kind | undefined;
}): Records {
  if (query.k === undefined) return { indicator: query.i ?? 'production', kind: '' };
  if (query.i !== undefined) throw badParameter('k');
  return { indicator: '', kind: query.k };
}

/** The period asked for; without one, twelve months that end with the month of `day`. */
export function periodOf(query: { readonly p?: string | undefined }, day: string): Period {
  if (query.p === undefined) return rollingYear(day);
  try {
    return parsePeriod(query.p);
  } catch (error) {
    if (error instanceof PeriodError) throw badParameter('p');
    throw error;
  }
}
