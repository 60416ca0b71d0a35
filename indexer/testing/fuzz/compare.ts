import type { Json } from '../../abi/codec.ts';
import type { Cell } from '../row-binary.ts';
import { allFields, behind, text } from './types.ts';
import type { Type } from './types.ts';

export type Library = 'wharfkit' | 'abieos';

const slotMs = 500;
const slotEpochMs = 946_684_800_000;

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, -1);

/** Microseconds as text; beyond JavaScript's calendar as they are. */
function microText(us: bigint): string {
  const rest = BigInt.asUintN(64, us % 1000n < 0n ? (us % 1000n) + 1000n : us % 1000n);
  const ms = Number((us - rest) / 1000n);
  if (Number.isNaN(new Date(ms).getTime())) return String(us);
  return iso(ms) + (rest === 0n ? '' : String(rest).padStart(3, '0'));
}

function assetText(cell: Readonly<Record<string, string>>): string {
  const [precision = '', code = ''] = (cell['symbol'] ?? '').split(',');
  const amount = cell['amount'] ?? '';
  const [sign, digits] = amount.startsWith('-') ? ['-', amount.slice(1)] : ['', amount];
  const places = Number(precision);
  const padded = digits.padStart(places + 1, '0');
  const whole = padded.slice(0, padded.length - places);
  return `${sign}${whole}${places > 0 ? '.' : ''}${padded.slice(whole.length)} ${code}`;
}

/** A typed cell as `decode` says it, written apart from the codecs. */
function leafOf(name: string, cell: Cell): Json {
  if (name === 'asset') return assetText(cell as Record<string, string>);
  if (name === 'extended_asset') {
    const { quantity, contract } = cell as { quantity: Record<string, string>; contract: string };
    return { quantity: assetText(quantity), contract };
  }
  if (name === 'time_point_sec') return iso(Number(cell) * 1000).slice(0, -4);
  if (name === 'time_point') return microText(BigInt(cell as string));
  if (name === 'block_timestamp_type') {
    const ms = Number(cell);
    if ((ms - slotEpochMs) % slotMs !== 0) throw new Error(`${ms} ms are between two slots`);
    return iso(ms);
  }
  if (name === 'string') return Buffer.from(cell as string, 'latin1').toString('utf8');
  if (name === 'bytes') return Buffer.from(cell as string, 'latin1').toString('hex');
  if (typeof cell === 'number' && /^float/.test(name)) return Object.is(cell, -0) ? '-0' : String(cell);
  return cell;
}

/** True when the type lies in the column as JSON text: variants, structs of no fields and what holds itself. */
function isText(type: Type, within: readonly string[] = []): boolean {
  if (type.kind === 'self' || type.kind === 'variant') return true;
  return type.kind === 'struct' && (allFields(type).length === 0 || holdsItself(type, type.name, within));
}

function holdsItself(type: Type, name: string, within: readonly string[]): boolean {
  if (type.kind === 'self') return type.name === name || !within.includes(type.name);
  if (type.kind === 'leaf') return false;
  if (type.kind === 'struct')
    return allFields(type).some(([, of]) => holdsItself(of, name, [...within, type.name]));
  if (type.kind === 'variant')
    return type.cases.some((one) => holdsItself(one, name, [...within, type.name]));
  return holdsItself(type.of, name, within);
}

/** A row's cell as `decode` says it: JSON text read, typed columns unfolded. Throws where the cell has not the documented form. */
export function unfold(type: Type, cell: Cell): Json {
  if (type.kind === 'alias') return unfold(type.of, cell);
  if (type.kind === 'leaf') return leafOf(type.name, cell);
  if (type.kind === 'variant' || type.kind === 'self' || isText(type))
    return JSON.parse(Buffer.from(cell as string, 'latin1').toString('utf8')) as Json;
  if (type.kind === 'array' || type.kind === 'fixed')
    return (cell as Cell[]).map((item) => unfold(type.of, item));
  if (type.kind === 'optional' || type.kind === 'extension') {
    if (cell === null) return null;
    const inner = behind(type.of);
    if (type.kind === 'extension' && inner.kind === 'optional') return unfold(inner, cell);
    const isTyped = inner.kind === 'leaf' && !/asset$/.test(inner.name);
    return isTyped
      ? unfold(inner, cell)
      : (JSON.parse(Buffer.from(cell as string, 'latin1').toString('utf8')) as Json);
  }
  const cells = Object.values(cell as Record<string, Cell>);
  return Object.fromEntries(allFields(type).map(([name, of], at) => [name, unfold(of, cells[at] as Cell)]));
}

/** The known differences of the libraries' texts; everything else must be equal. */
function sameLeaf(name: string, ours: Json, theirs: unknown, library: Library): boolean {
  if (typeof ours === 'object') return JSON.stringify(ours) === JSON.stringify(theirs);
  const [mine, other] = [String(ours), String(theirs)];
  if (mine === other) return true;
  // What is no UTF-8 each replaces as it likes; our row has the bytes themselves.
  if (name === 'string') return mine.includes('\ufffd') && other.includes('?');
  // Damaged times lie beyond the years that abieos can print.
  if (/^(time|block)/.test(name) && !/^(19|20|21)\d\d-/.test(mine)) return true;
  // Hex is in capitals at abieos, and float128 has 0x before it at wharfkit.
  if (/^(checksum|bytes|float128)/.test(name)) return mine === other.toLowerCase().replace(/^0x/, '');
  // wharfkit prints float32 with seven places; both have exponents of their own.
  if (/^float/.test(name)) {
    const [one, two] = [Number(mine), Number(other)];
    const isShort = library === 'wharfkit' && name === 'float32';
    return isShort ? Math.abs(one - two) <= 1e-7 + 1e-6 * Math.abs(one) : one === two;
  }
  // Both stop at milliseconds, wharfkit after rounding; abieos gives whole seconds three zeros.
  if (/^(time|block)/.test(name))
    return Math.abs(Date.parse(`${mine.slice(0, 23)}Z`) - Date.parse(`${other}Z`)) <= 1;
  return false;
}

/** Where what we say of a value is not what a library says; null when they agree. */
export function difference(
  type: Type,
  ours: Json,
  theirs: unknown,
  library: Library,
  at = '',
): string | null {
  const kind = type.kind;
  if (kind === 'alias') return difference(type.of, ours, theirs, library, at);
  if (kind === 'self') return difference(type.find(), ours, theirs, library, at);
  if (kind === 'leaf')
    return sameLeaf(type.name, ours, theirs, library)
      ? null
      : `${at}: ${type.name} is ${JSON.stringify(ours)}, ${library} says ${JSON.stringify(theirs)}`;
  if (kind === 'optional' || kind === 'extension') {
    if (ours === null)
      return isEmpty(theirs) ? null : `${at}: ${kind} is null, ${library} says ${JSON.stringify(theirs)}`;
    return difference(type.of, ours, kind === 'optional' ? unwrapped(type.of, theirs) : theirs, library, at);
  }
  if (kind === 'array' || kind === 'fixed') {
    const items = kind === 'array' ? (theirs as unknown[]) : Object.values(theirs as object);
    const mine = ours as Json[];
    if (mine.length !== items.length) return `${at}: ${mine.length} items, ${library} has ${items.length}`;
    return first(
      mine.map(
        (item, i) => () =>
          difference(
            type.of,
            item,
            kind === 'array' ? unwrapped(type.of, items[i]) : items[i],
            library,
            `${at}[${i}]`,
          ),
      ),
    );
  }
  if (kind === 'variant') {
    const [[name, mine], [, other]] = [ours as [string, Json], theirs as [string, unknown]];
    const chosen = type.cases.find((one) => text(one) === name);
    return chosen === undefined
      ? `${at}: no case ${name}`
      : difference(chosen, mine, other, library, `${at}<${name}>`);
  }
  const [mine, other] = [ours as Record<string, Json>, theirs as Record<string, unknown>];
  return first(
    allFields(type).map(
      ([name, of]) =>
        () =>
          difference(of, mine[name] as Json, other[name], library, `${at}.${name}`),
    ),
  );
}

/** Nothing, be it inside the structs around options in options; an absent extension is left out by the libraries. */
function isEmpty(theirs: unknown): boolean {
  if (theirs === null || theirs === undefined) return true;
  return typeof theirs === 'object' && 'v' in theirs && isEmpty(theirs.v);
}

/** The libraries' ABI has a struct of one field around a container in a container. */
function unwrapped(of: Type, theirs: unknown): unknown {
  return ['array', 'optional'].includes(behind(of).kind) ? (theirs as { v: unknown }).v : theirs;
}

function first(checks: readonly (() => string | null)[]): string | null {
  for (const check of checks) {
    const found = check();
    if (found !== null) return found;
  }
  return null;
}
