import { WarehouseError } from '../error.ts';

/** A column type as its parts; `native` is its text in a Native block, where LowCardinality is left to the table. */
export type ColumnType =
  | { readonly kind: 'fixed'; readonly native: string; readonly size: number }
  | { readonly kind: 'string'; readonly native: string }
  | { readonly kind: 'nullable' | 'array'; readonly native: string; readonly of: ColumnType }
  | { readonly kind: 'tuple'; readonly native: string; readonly of: readonly ColumnType[] };

const SIZES: Readonly<Record<string, number>> = {
  ...{ Bool: 1, Int8: 1, UInt8: 1, Int16: 2, UInt16: 2, Date: 2, Int32: 4, UInt32: 4, Float32: 4 },
  ...{ Date32: 4, DateTime: 4, IPv4: 4, Int64: 8, UInt64: 8, Float64: 8, DateTime64: 8, UUID: 16 },
  ...{ IPv6: 16, Int128: 16, UInt128: 16, Int256: 32, UInt256: 32 },
  ...{ Decimal32: 4, Decimal64: 8, Decimal128: 16, Decimal256: 32 },
};

/** Reads ClickHouse's type text. Throws WarehouseError `UNKNOWN_TYPE` for a type that rows cannot have. */
export function columnType(text: string): ColumnType {
  const [, head = '', inside = ''] = /^(\w+)(?:\((.*)\))?$/s.exec(text.trim()) ?? [];
  switch (head) {
    case 'LowCardinality':
      return columnType(inside);
    case 'String':
      return { kind: 'string', native: 'String' };
    case 'FixedString':
      return { kind: 'fixed', native: text, size: Number(inside) };
    case 'Decimal':
      return { kind: 'fixed', native: text, size: decimalSize(Number(inside.split(',')[0])) };
    case 'Nullable':
    case 'Array': {
      const of = columnType(inside);
      return { kind: head === 'Array' ? 'array' : 'nullable', native: `${head}(${of.native})`, of };
    }
    case 'Tuple':
      return tuple(inside);
    case 'Map': {
      const of = tuple(inside);
      return { kind: 'array', native: of.native.replace(/^Tuple/, 'Map'), of };
    }
  }
  const size = SIZES[head];
  if (size === undefined)
    throw new WarehouseError(`Rows of the column type ${text} are not known.`, 'UNKNOWN_TYPE');
  return { kind: 'fixed', native: text, size };
}

const decimalSize = (digits: number): number => (digits <= 9 ? 4 : digits <= 18 ? 8 : digits <= 38 ? 16 : 32);

const NAMED = /^(`(?:[^`\\]|\\.)*`|[A-Za-z_]\w*)\s+(.+)$/s;

function tuple(inside: string): ColumnType & { readonly kind: 'tuple' } {
  const parts = splitTop(inside).map((part) => {
    const [, name, type] = NAMED.exec(part) ?? [];
    const of = columnType(type ?? part);
    return { of, native: name === undefined ? of.native : `${name} ${of.native}` };
  });
  const native = `Tuple(${parts.map((part) => part.native).join(', ')})`;
  return { kind: 'tuple', native, of: parts.map((part) => part.of) };
}

/** Cuts at the commas outside parentheses, quotes and backquotes. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) quote = '';
    } else if (char === '`' || char === "'") quote = char;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  const last = text.slice(from).trim();
  return last === '' ? parts : [...parts, last];
}
