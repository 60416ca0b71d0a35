import fc from 'fast-check';
import type { Abi } from '../abi/abi.ts';
import type { Json } from '../abi/codec.ts';
import type { Cell } from './row-binary.ts';

/** A type with a value of it: what is packed, what decodes, what lies in the column (null type = JSON text there). */
export type Sample = {
  readonly type: string;
  readonly input: unknown;
  readonly json: Json;
  readonly cell: Cell;
  /** Whether ClickHouse has a Nullable of the column. */
  readonly nullable: boolean;
  readonly structs: Abi['structs'];
  readonly variants: Abi['variants'];
};

type Leaf = { readonly input: unknown; readonly json: Json; readonly cell?: Cell };

function leaf<Value>(
  type: string,
  values: fc.Arbitrary<Value>,
  made: (value: Value) => Leaf,
  nullable = true,
): fc.Arbitrary<Sample> {
  return values.map((value) => {
    const { input, json, cell = json } = made(value);
    return { type, input, json, cell: cell as Cell, nullable, structs: [], variants: [] };
  });
}

function integer(type: string, bits: number, signed: boolean): fc.Arbitrary<Sample> {
  const half = 1n << BigInt(bits - 1);
  const range = signed ? { min: -half, max: half - 1n } : { min: 0n, max: 2n * half - 1n };
  return leaf(type, fc.bigInt(range), (value) => {
    const shown = bits > 32 ? String(value) : Number(value);
    return { input: String(value), json: shown };
  });
}

function hex(bytes: number): fc.Arbitrary<string> {
  return fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((value) => Buffer.from(value).toString('hex'));
}

const nameText = fc.stringMatching(/^[a-z1-5]{0,6}(\.[a-z1-5]{1,5})?$/);
const code = fc.stringMatching(/^[A-Z]{1,7}$/);

const asset = leaf(
  'asset',
  fc.tuple(fc.bigInt({ min: -(1n << 62n), max: 1n << 62n }), fc.nat(18), code),
  ([amount, precision, symbol]) => {
    const digits = String(amount < 0n ? -amount : amount).padStart(precision + 1, '0');
    const whole = digits.slice(0, digits.length - precision);
    const text = `${amount < 0n ? '-' : ''}${whole}${precision > 0 ? '.' : ''}${digits.slice(digits.length - precision, precision > 0 ? undefined : 0)} ${symbol}`;
    return { input: text, json: text, cell: { amount: String(amount), symbol: `${precision},${symbol}` } };
  },
  false,
);

const double = fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => value + 0);

export const leaves: readonly fc.Arbitrary<Sample>[] = [
  ...[8, 16, 32, 64, 128].flatMap((bits) => [
    integer(`uint${bits}`, bits, false),
    integer(`int${bits}`, bits, true),
  ]),
  leaf('bool', fc.boolean(), (value) => ({ input: value, json: value })),
  leaf('varuint32', fc.nat(0xffffffff), (value) => ({ input: value, json: value })),
  leaf('varint32', fc.integer(), (value) => ({ input: value, json: value })),
  leaf('float64', double, (value) => ({ input: value, json: String(value), cell: value })),
  leaf('float32', fc.float({ noDefaultInfinity: true, noNaN: true }), (value) => ({
    input: value + 0,
    json: String(value + 0),
    cell: value + 0,
  })),
  leaf('name', nameText, (value) => ({ input: value, json: value })),
  leaf('string', fc.string({ unit: 'grapheme' }), (value) => ({ input: value, json: value })),
  leaf('symbol', fc.tuple(fc.nat(18), code), ([precision, text]) => ({
    input: `${precision},${text}`,
    json: `${precision},${text}`,
  })),
  leaf('symbol_code', code, (value) => ({ input: value, json: value })),
  leaf('checksum160', hex(20), (value) => ({ input: value, json: value })),
  leaf('checksum256', hex(32), (value) => ({ input: value, json: value })),
  leaf('checksum512', hex(64), (value) => ({ input: value, json: value })),
  leaf('bytes', fc.string({ unit: 'binary-ascii' }), (value) => {
    const input = Buffer.from(value, 'latin1').toString('hex');
    return { input, json: input, cell: value };
  }),
  leaf('time_point_sec', fc.nat(0xffffffff), (seconds) => {
    const text = new Date(seconds * 1000).toISOString().slice(0, 19);
    return { input: text, json: text, cell: seconds };
  }),
  leaf('time_point', fc.nat(4_102_444_800_000), (ms) => {
    const text = new Date(ms).toISOString().slice(0, 23);
    return { input: text, json: text, cell: `${ms}000` };
  }),
  leaf('block_timestamp_type', fc.nat(0x7fffffff), (slot) => {
    const ms = 946_684_800_000 + slot * 500;
    const text = new Date(ms).toISOString().slice(0, 23);
    return { input: text, json: text, cell: String(ms) };
  }),
  asset,
];

const anyLeaf = fc.oneof(...leaves);

function array(items: readonly Sample[], first: Sample): Sample {
  // All items must be of one type: the first one's value is repeated where others differ.
  const same = items.map((item) => (item.type === first.type && item.structs.length === 0 ? item : first));
  const list = same.map(({ input }) => input);
  return {
    ...first,
    type: `${first.type}[]`,
    input: list,
    json: same.map(({ json }) => json),
    cell: same.map(({ cell }) => cell),
    nullable: false,
  };
}

function optional(inner: Sample, present: boolean): Sample {
  const json = present ? inner.json : null;
  const cell = !present ? null : inner.nullable ? inner.cell : JSON.stringify(json);
  return {
    ...inner,
    type: `${inner.type}?`,
    input: present ? inner.input : null,
    json,
    cell,
    nullable: false,
  };
}

let serial = 0;

function struct(fields: readonly Sample[]): Sample {
  const name = `struct${serial++}`;
  const named = fields.map((field, i): [string, Sample] => [`f${i}`, field]);
  return {
    type: name,
    input: Object.fromEntries(named.map(([field, { input }]) => [field, input])),
    json: Object.fromEntries(named.map(([field, { json }]) => [field, json])),
    cell: Object.fromEntries(named.map(([field, { cell }]) => [field, cell])),
    nullable: false,
    structs: [
      ...fields.flatMap((field) => field.structs),
      { name, base: '', fields: named.map(([field, { type }]) => ({ name: field, type })) },
    ],
    variants: fields.flatMap((field) => field.variants),
  };
}

function variant(cases: readonly Sample[], pick: number): Sample {
  const name = `variant${serial++}`;
  const chosen = cases[pick % cases.length] as Sample;
  const json = [chosen.type, chosen.json];
  const types = [...new Set(cases.map(({ type }) => type))];
  return {
    ...{ type: name, input: [chosen.type, chosen.input], json, cell: JSON.stringify(json), nullable: false },
    structs: cases.flatMap((item) => item.structs),
    variants: [...cases.flatMap((item) => item.variants), { name, types }],
  };
}

/** Values of leaf types, arrays, optionals, structs and variants, nested up to three deep. */
export const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
    anyLeaf,
    fc
      .tuple(fc.array(tie('sample'), { maxLength: 4 }), tie('sample'))
      .filter(([, first]) => !/[?\]]$/.test(first.type))
      .map(([items, first]) => array(items, first)),
    fc
      .tuple(tie('sample'), fc.boolean())
      .filter(([inner]) => !/[?\]]$/.test(inner.type))
      .map(([inner, present]) => optional(inner, present)),
    fc.array(tie('sample'), { minLength: 1, maxLength: 5 }).map(struct),
    fc
      .tuple(fc.array(anyLeaf, { minLength: 1, maxLength: 3 }), fc.nat(2))
      .map(([cases, pick]) => variant(cases, pick)),
  ),
}));

export const structSample: fc.Arbitrary<Sample> = fc
  .array(sample, { minLength: 1, maxLength: 6 })
  .map(struct);
