import { ChainFault } from '../chain/fault.ts';

export type Fields = Readonly<Record<string, unknown>>;

const bad = (): ChainFault =>
  new ChainFault('invalid_http_request', 'Unable to parse valid input from POST body');

/** A JSON object. */
export function asFields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad();
  return value as Fields;
}

/** A JSON list. */
export function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw bad();
  return value;
}

/** The JSON object in a request's body. */
export function readBody(text: string): Fields {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad();
  }
  return asFields(value);
}

/** A field as text; numbers are written out. Without a default it must be there. */
export function text(fields: Fields, name: string, absent?: string): string {
  const value = fields[name];
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if ((value === undefined || value === null) && absent !== undefined) return absent;
  if (Object.keys(fields).length === 0)
    throw new ChainFault('invalid_http_request', 'A Request body is required');
  throw bad();
}

export function flag(fields: Fields, name: string): boolean {
  const value = fields[name];
  return value === true || value === 1 || value === '1' || value === 'true';
}

export function count(fields: Fields, name: string, absent: number): number {
  const value = Number(fields[name] ?? absent);
  if (!Number.isInteger(value) || value < 0) throw bad();
  return value;
}
