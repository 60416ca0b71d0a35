import type { KeyType } from '../rows.ts';
import { keyNumber } from '../rows.ts';

const HEX_256 = /^[0-9a-f]{64}$/i;
const hex256 = (key: unknown): string => (key as bigint).toString(16).padStart(64, '0');

/** A decimal number, or a hexadecimal one with 0x before it. */
function whole(text: string): bigint {
  if (text.trim() === '') throw new Error('a number expected, came nothing');
  return BigInt(text);
}

function real(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new Error(`a number expected, came "${text}"`);
  return value;
}

function hash(text: string): bigint {
  if (!HEX_256.test(text)) throw new Error(`64 hexadecimal digits expected, came "${text}"`);
  return BigInt(`0x${text}`);
}

/** A number or a name as its number; written as a number, as nodeos does. */
const NUMBER: KeyType = { kind: 'idx64', read: (text) => keyNumber(text, 'bound'), write: String };

/** Types of secondary keys as get_table_rows names them, in nodeos' notation. */
export const KEY_TYPES: ReadonlyMap<string, KeyType> = new Map<string, KeyType>([
  ['i64', NUMBER],
  ['name', NUMBER],
  ['i128', { kind: 'idx128', read: whole, write: String }],
  ['i256', { kind: 'idx256', read: whole, write: (key) => `0x${hex256(key)}` }],
  ['sha256', { kind: 'idx256', read: hash, write: hex256 }],
  ['float64', { kind: 'idx_double', read: real, write: (key) => (key as number).toFixed(17) }],
]);
