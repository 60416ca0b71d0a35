import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode } from '../abi/encode.ts';
import { nameText } from '../abi/names.ts';
import { Reader } from '../abi/reader.ts';
import { DecodeError, FatalError } from '../errors.ts';
import { protocolText, protocolTypes } from '../testing/sim-chain.ts';
import { abiFromJson } from '../abi/abi.ts';
import { compile } from '../abi/compile.ts';
import { createDeltaWalk } from './deltas.ts';

const walk = createDeltaWalk(protocolTypes);

type Row = {
  readonly present: boolean;
  readonly code: bigint;
  readonly scope: bigint;
  readonly table: bigint;
  readonly primary_key: bigint;
  readonly payer: bigint;
  readonly value: Uint8Array;
};
type Table = { readonly name: string; readonly rows: readonly Row[] };

const name = (value: bigint): string => nameText(Number(value & 0xffffffffn), Number(value >> 32n));

function packed(tables: readonly Table[]): Uint8Array {
  const deltas = tables.map(({ name: table, rows }) => [
    'table_delta_v0',
    {
      name: table,
      rows: rows.map(({ present, value, ...row }) => {
        const { code, scope, table: of, payer } = row;
        const names = { code: name(code), scope: name(scope), table: name(of), payer: name(payer) };
        const data =
          table === 'contract_row'
            ? encode(protocolTypes, 'contract_row', ['contract_row_v0', { ...row, ...names, value }])
            : value;
        return { present, data };
      }),
    },
  ]);
  return encode(protocolTypes, 'table_delta[]', deltas);
}

function walked(bytes: Uint8Array): Row[] {
  const rows: Row[] = [];
  const word = (low: number, high: number): bigint => (BigInt(high) << 32n) | BigInt(low);
  walk(new Reader(bytes), (row) => {
    rows.push({
      present: row.isPresent,
      code: word(row.codeLow, row.codeHigh),
      scope: word(row.scopeLow, row.scopeHigh),
      table: word(row.tableLow, row.tableHigh),
      primary_key: word(row.keyLow, row.keyHigh),
      payer: word(row.payerLow, row.payerHigh),
      value: bytes.slice(row.valueAt, row.valueEnd),
    });
  });
  return rows;
}

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const row: fc.Arbitrary<Row> = fc.record({
  ...{ present: fc.boolean(), code: u64, scope: u64, table: u64, primary_key: u64, payer: u64 },
  value: fc.uint8Array({ maxLength: 200 }),
});
const table: fc.Arbitrary<Table> = fc.record({
  name: fc.constantFrom('contract_row', 'account', 'contract_index64', 'contract_roW', ''),
  rows: fc.array(row, { maxLength: 5 }),
});

describe('the walk over table deltas', () => {
  test('finds every row of contracts, and passes over what is none', () => {
    fc.assert(
      fc.property(fc.array(table, { maxLength: 5 }), (tables) => {
        const wanted = tables.filter((item) => item.name === 'contract_row').flatMap(({ rows }) => rows);
        expect(walked(packed(tables))).toEqual(wanted);
      }),
    );
  });

  test('refuses bytes that are cut or too many, wherever', () => {
    fc.assert(
      fc.property(fc.array(table, { minLength: 1, maxLength: 4 }), fc.nat(), (tables, cut) => {
        const bytes = packed(tables);
        expect(() => walked(bytes.slice(0, cut % bytes.length))).toThrow(DecodeError);
        expect(() => walked(Uint8Array.from([...bytes, 0]))).toThrow(DecodeError);
      }),
    );
  });

  test('refuses a row that ends before its length says', () => {
    const data = Uint8Array.from([0, ...new Array<number>(41).fill(0), 9]);
    const bytes = encode(protocolTypes, 'table_delta[]', [
      ['table_delta_v0', { name: 'contract_row', rows: [{ present: true, data }] }],
    ]);
    expect(() => walked(bytes)).toThrow('ends at another byte');
  });

  test('refuses a count of rows that the message cannot hold', () => {
    const bytes = Uint8Array.from([1, 0, 1, 0x61, 0xff, 0xff, 0xff, 0xff, 0x0f]);
    expect(() => walked(bytes)).toThrow('cannot lie in');
  });

  test('is not built from a protocol that has other rows', () => {
    const other = protocolText.replaceAll('"primary_key"', '"key"');
    expect(other).not.toBe(protocolText);
    expect(() => createDeltaWalk(compile(abiFromJson(JSON.parse(other))))).toThrow(FatalError);
  });
});
