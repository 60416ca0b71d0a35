import type { Reader } from './reader.ts';
import type { RowBuffer } from './row-buffer.ts';

/** What decoding to plain data gives: 64-bit and larger integers as text, bytes as hex. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [field: string]: Json };

export type Write = (from: Reader, to: RowBuffer) => void;

/** A piece of a row writer: a function, or a number of bytes that RowBinary takes exactly as they are packed. */
export type Step = Write | number;

export type Skip = (from: Reader) => void;

/** How one ABI type is read, compiled once. */
export type Codec = {
  readonly type: string;
  /** The fewest bytes a value can take; bounds hostile element counts. */
  readonly minSize: number;
  /** The packed size when it is always the same, else null. */
  readonly size: number | null;
  /**
   * Values visited for one value, itself included; what an array, an option or a variant holds is counted when it is met
   * (`Reader.spend`). Bounds hostile ABIs and lengths.
   */
  readonly weight: number;
  /** ClickHouse's type for a column of this type. */
  readonly column: string;
  /** ClickHouse's type where a value may be absent; null where ClickHouse has none. */
  readonly nullable: string | null;
  readonly steps: readonly Step[];
  readonly skip: Skip;
  readonly decode: (from: Reader) => Json;
};

/** Joins steps into one writer, runs of plain copies into one copy. */
export function writer(steps: readonly Step[]): Write {
  const writes = merged(steps).map((step) => (typeof step === 'number' ? copying(step) : step));
  const [only] = writes;
  if (only !== undefined && writes.length === 1) return only;
  return (from, to) => {
    for (const write of writes) write(from, to);
  };
}

export function merged(steps: readonly Step[]): Step[] {
  const out: Step[] = [];
  for (const step of steps) {
    const last = out.at(-1);
    if (typeof step === 'number' && typeof last === 'number') out[out.length - 1] = last + step;
    else if (step !== 0) out.push(step);
  }
  return out;
}

function copying(size: number): Write {
  return (from, to) => {
    to.copy(from.bytes, from.view, from.take(size, 'fixed-size fields'), size);
  };
}

/** Steps over values of these codecs, fixed sizes joined. */
export function skipping(codecs: readonly Codec[]): Skip {
  const skips: (Skip | number)[] = [];
  for (const codec of codecs) {
    const last = skips.at(-1);
    if (codec.size === null) skips.push(codec.skip);
    else if (typeof last === 'number') skips[skips.length - 1] = last + codec.size;
    else skips.push(codec.size);
  }
  const run = skips.map((skip) => (typeof skip === 'number' ? skippingFixed(skip) : skip));
  return (from) => {
    for (const skip of run) skip(from);
  };
}

export function skippingFixed(size: number): Skip {
  return (from) => {
    from.take(size, 'fixed-size fields');
  };
}

/** The same type as JSON text in a String column, for what has no typed column. */
export function asJsonText(codec: Codec): Codec {
  return { ...codec, column: 'String', nullable: 'Nullable(String)', steps: [jsonWrite(codec)] };
}

function refuseLossy(from: Reader, type: string): void {
  if (from.isLossy) from.fail(type, 'its text is not UTF-8');
}

/** Writes a value's JSON text; text that is no UTF-8 has none without loss, and is refused. */
export function jsonWrite({ type, decode }: Pick<Codec, 'type' | 'decode'>): Write {
  return (from, to) => {
    from.isLossy = false;
    const text = JSON.stringify(decode(from));
    refuseLossy(from, type);
    to.text(text);
  };
}

/** The weight of a name in JSON text: names of sane length have none. */
export function nameWeight(name: string): number {
  return Math.floor(name.length / 32);
}
