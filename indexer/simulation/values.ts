import type { Cell } from '../testing/row-binary.ts';
import { Packer } from './packer.ts';
import type { Random } from './random.ts';

/** One value in the three forms that it takes: packed, in its column, and inside JSON text. */
export type Value = {
  readonly bytes: Uint8Array;
  readonly cell: Cell;
  readonly json: unknown;
  /** Some text in it is no UTF-8: it has no JSON form without loss. */
  readonly isLossy?: boolean;
  /** Its column is JSON text and it is lossy: what it is part of cannot be decoded. */
  readonly isUnreadable?: boolean;
};

/** An ABI type with its column, and how a value of it is drawn. */
export type Kind = {
  readonly type: string;
  readonly column: string;
  /** The column's type where a value may be absent; null where there is none. */
  readonly nullable: string | null;
  /** What an ABI must declare for it. */
  readonly declares: readonly Declared[];
  make(random: Random): Value;
};

export type Declared =
  | { readonly struct: string; readonly fields: readonly (readonly [name: string, type: string])[] }
  | { readonly variant: string; readonly types: readonly string[] };

/** A String's bytes as a cell: every byte a character, so that none is lost. */
export function textCell(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

const packer = (): Packer => new Packer();
const text = 'LowCardinality(String)';

function leaf(
  type: string,
  column: string,
  make: (random: Random) => Value,
  nullable: string | null = `Nullable(${column})`,
): Kind {
  return { type, column, nullable, declares: [], make };
}

function small(type: string, column: string, bytes: number): Kind {
  return leaf(type, column, (random) => {
    const raw = random.chance(0.3) ? Buffer.alloc(bytes, random.pick([0, 255])) : random.bytes(bytes);
    const value = raw.readUIntLE(0, bytes);
    return { bytes: raw, cell: value, json: value };
  });
}

function large(type: string, column: string, bytes: number, signed: boolean): Kind {
  return leaf(type, column, (random) => {
    const raw = random.chance(0.3) ? Buffer.alloc(bytes, random.pick([0, 255])) : random.bytes(bytes);
    let value = 0n;
    for (const byte of Buffer.from(raw).reverse()) value = value * 256n + BigInt(byte);
    const shown = String(signed ? BigInt.asIntN(bytes * 8, value) : value);
    return { bytes: raw, cell: shown, json: shown };
  });
}

function drawName(random: Random): string {
  const letter = (): string => '12345abcdefghijklmnopqrstuvwxyz'.charAt(random.below(31));
  const length = random.between(1, 12);
  return Array.from({ length }, (_, i) =>
    i > 0 && i < length - 1 && random.chance(0.1) ? '.' : letter(),
  ).join('');
}

const nameKind: Kind = leaf(
  'name',
  text,
  (random) => {
    const name = random.chance(0.1) ? '' : drawName(random);
    return { bytes: packer().name(name).done(), cell: name, json: name };
  },
  'LowCardinality(Nullable(String))',
);

/** Bytes that no UTF-8 text has, among some that every text has. */
const malformed = [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x61, 0xe2, 0x82]];
const wellFormed = ['', 'a', 'съешь ещё', '🧺 10 kg', '\0', '"\\\n\'', 'x'.repeat(300)];

const stringKind = leaf('string', 'String', (random) => {
  const text = Buffer.from(random.pick(wellFormed), 'utf8');
  const isLossy = random.chance(0.25);
  const raw = isLossy ? Buffer.concat([text, Buffer.from(random.pick(malformed))]) : text;
  return { bytes: packer().blob(raw).done(), cell: textCell(raw), json: raw.toString('utf8'), isLossy };
});

const bytesKind = leaf('bytes', 'String', (random) => {
  const raw = random.bytes(random.pick([0, 1, 3, 40, 200]));
  return { bytes: packer().blob(raw).done(), cell: textCell(raw), json: raw.toString('hex') };
});

const checksumKind = leaf('checksum256', 'FixedString(32)', (random) => {
  const raw = random.bytes(32);
  return { bytes: raw, cell: raw.toString('hex'), json: raw.toString('hex') };
});

const boolKind = leaf('bool', 'Bool', (random) => {
  const value = random.chance(0.5);
  return {
    bytes: packer()
      .u8(value ? 1 : 0)
      .done(),
    cell: value,
    json: value,
  };
});

const secondsKind = leaf('time_point_sec', "DateTime('UTC')", (random) => {
  const seconds = random.below(2 ** 32);
  const json = new Date(seconds * 1000).toISOString().slice(0, 19);
  return { bytes: packer().u32(seconds).done(), cell: seconds, json };
});

const symbolKind = leaf(
  'symbol',
  text,
  (random) => {
    const [precision, code] = [random.below(19), random.pick(['KG', 'RUB', 'A', 'ABCDEFG'])];
    const shown = `${precision},${code}`;
    const bytes = packer()
      .u8(precision)
      .raw(Buffer.from(code.padEnd(7, '\0'), 'latin1'))
      .done();
    return { bytes, cell: shown, json: shown };
  },
  'LowCardinality(Nullable(String))',
);

export const idKind = large('uint64', 'UInt64', 8, false);

/** Kinds without parts. */
const leaves: readonly Kind[] = [
  idKind,
  ...[small('uint8', 'UInt8', 1), small('uint16', 'UInt16', 2), small('uint32', 'UInt32', 4)],
  ...[large('int64', 'Int64', 8, true), large('uint128', 'UInt128', 16, false)],
  ...[large('int128', 'Int128', 16, true), nameKind, stringKind, bytesKind],
  ...[checksumKind, boolKind, secondsKind, symbolKind],
];

/** A value as JSON text in a String column. */
function asJson(value: Value): Value {
  const cell = textCell(Buffer.from(JSON.stringify(value.json), 'utf8'));
  return { ...value, cell, isUnreadable: value.isLossy === true };
}

/** Nullable where ClickHouse has that of the type, else nullable JSON text. */
function maybe(kind: Kind, suffix: '?' | '$', bytesOf: (value: Value | null) => Uint8Array): Kind {
  const isTyped = kind.nullable !== null && kind.nullable !== kind.column;
  const column = isTyped ? kind.nullable : 'Nullable(String)';
  return {
    ...{ type: `${kind.type}${suffix}`, column, nullable: column, declares: kind.declares },
    make(random) {
      const value = random.chance(0.6) ? kind.make(random) : null;
      const bytes = bytesOf(value);
      if (value === null) return { bytes, cell: null, json: null };
      return { ...(isTyped ? value : asJson(value)), bytes };
    },
  };
}

const none = new Uint8Array(0);

/** An extension that is not there; what follows it is not there either. */
export const absent: Value = { bytes: none, cell: null, json: null };

function optional(kind: Kind): Kind {
  return maybe(kind, '?', (value) =>
    packer()
      .maybe(value, () => undefined)
      .raw(value?.bytes ?? none)
      .done(),
  );
}

/** A binary extension: only ever at the end, its bytes may be missing. Of an option that is as good as the option's nothing. */
function extension(kind: Kind): Kind {
  const made = maybe(kind, '$', (value) => value?.bytes ?? none);
  if (kind.column !== kind.nullable) return made;
  return {
    ...{ ...made, column: kind.column, nullable: kind.nullable },
    make: (random) => (random.chance(0.6) ? kind.make(random) : absent),
  };
}

function array(kind: Kind): Kind {
  return {
    type: `${kind.type}[]`,
    column: `Array(${kind.column})`,
    nullable: null,
    declares: kind.declares,
    make(random) {
      const items = Array.from({ length: random.pick([0, 1, 2, 7]) }, () => kind.make(random));
      const bytes = packer()
        .varuint(items.length)
        .raw(Buffer.concat(items.map((item) => item.bytes)))
        .done();
      const isLossy = items.some((item) => item.isLossy);
      return { bytes, cell: items.map((item) => item.cell), json: items.map((item) => item.json), isLossy };
    },
  };
}

/** The pair of a kind with a number, a struct of its own name. */
function struct(kind: Kind): Kind {
  const name = `pair_${kind.type.replace(/\W/g, '_')}`;
  const of = leaves[1] as Kind;
  return {
    type: name,
    column: `Tuple(\`first\` ${kind.column}, \`second\` ${of.column})`,
    nullable: null,
    declares: [
      ...kind.declares,
      {
        struct: name,
        fields: [
          ['first', kind.type],
          ['second', of.type],
        ],
      },
    ],
    make(random) {
      const [first, second] = [kind.make(random), of.make(random)];
      return {
        bytes: Buffer.concat([first.bytes, second.bytes]),
        cell: { first: first.cell, second: second.cell },
        json: { first: first.json, second: second.json },
        isLossy: first.isLossy === true,
      };
    },
  };
}

/** One of two kinds, JSON text. */
function variant(one: Kind, other: Kind): Kind {
  const name = `either_${one.type}_${other.type}`.replace(/\W/g, '_');
  return {
    type: name,
    column: 'String',
    nullable: 'Nullable(String)',
    declares: [...one.declares, ...other.declares, { variant: name, types: [one.type, other.type] }],
    make(random) {
      const tag = random.below(2);
      const chosen = tag === 0 ? one : other;
      const value = chosen.make(random);
      const json = [chosen.type, value.json];
      return asJson({ ...value, bytes: packer().u8(tag).raw(value.bytes).done(), json });
    },
  };
}

/** Draws a type: a leaf, or one with parts. */
export function drawKind(random: Random): Kind {
  switch (random.below(9)) {
    case 0:
      return optional(random.pick(leaves));
    case 1:
      return array(random.pick(leaves));
    case 2:
      return struct(random.pick(leaves));
    case 3:
      return array(struct(random.pick(leaves)));
    case 4: {
      const one = random.pick(leaves);
      return variant(one, random.pick(leaves.filter((kind) => kind.type !== one.type)));
    }
    case 5:
      return optional(array(random.pick(leaves)));
    default:
      return random.pick(leaves);
  }
}

/** Draws what may follow at the end under a later ABI. */
export function drawExtension(random: Random): Kind {
  return extension(random.pick([...leaves, optional(random.pick(leaves)), array(random.pick(leaves))]));
}
