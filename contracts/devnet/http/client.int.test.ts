import {
  APIClient,
  Checksum256,
  FetchProvider,
  Float64,
  Name,
  Struct,
  UInt128,
  UInt64,
} from '@wharfkit/antelope';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpDriver } from '../../chain/http.ts';
import type { Devnet } from '../devnet.ts';
import { createDevnet } from '../devnet.ts';
import type { Served } from '../ship/server.ts';
import { furnish, hash } from './fixture/furnish.ts';
import { hex } from './fixture/request.ts';
import { serveChainApi } from './server.ts';

class Item extends Struct {
  static override abiName = 'row';
  static override abiFields = [{ name: 'id', type: UInt64 }];
  declare id: UInt64;
}

let devnet: Devnet;
let served: Served;
let client: APIClient;

beforeAll(async () => {
  devnet = createDevnet();
  served = await serveChainApi(devnet, { port: 0 });
  await furnish(httpDriver({ url: served.url }));
  client = new APIClient({ provider: new FetchProvider(served.url) });
});
afterAll(async () => {
  await served.close();
  devnet.close();
});

const items = { code: 'indexer', scope: 'indexer', table: 'items', type: Item, limit: 2 } as const;
const ids = (rows: readonly Item[]): number[] => rows.map(({ id }) => Number(id));

describe('the client reads rows page by page', () => {
  // Secondary keys run against the primary ones: the third row comes first.
  test.each([
    ['a number', { index_position: 'secondary', lower_bound: UInt64.from(0) }],
    ['a name', { index_position: 'secondary', lower_bound: Name.from('') }],
    ['a 128-bit number', { index_position: 'tertiary', lower_bound: UInt128.from(0) }],
    ['a hash', { index_position: 'fourth', lower_bound: Checksum256.from(hex(hash(0))) }],
    ['a real number', { index_position: 'fifth', key_type: 'float64', lower_bound: Float64.from(-100) }],
  ] as const)('by %s', async (_by, { lower_bound, ...index }) => {
    const query = { ...items, ...index };
    const first = await client.v1.chain.get_table_rows({ ...query, lower_bound });
    expect([ids(first.rows), first.more]).toEqual([[3, 2], true]);
    const second = await client.v1.chain.get_table_rows({
      ...query,
      lower_bound: first.next_key as never,
    });
    expect([ids(second.rows), second.more]).toEqual([[1], false]);
  });

  test('by primary key, there and back', async () => {
    const query = { ...items, key_type: 'i64' } as const;
    const first = await client.v1.chain.get_table_rows(query);
    expect([ids(first.rows), Number(first.next_key)]).toEqual([[1, 2], 3]);
    const back = await client.v1.chain.get_table_rows({ ...query, reverse: true });
    expect([ids(back.rows), Number(back.next_key)]).toEqual([[3, 2], 1]);
  });
});

test("the client lists a contract's scopes", async () => {
  const { rows, more } = await client.v1.chain.get_table_by_scope({ code: 'indexer', table: 'items' });
  expect(rows.map(({ scope, payer, count }) => [String(scope), String(payer), Number(count)])).toEqual([
    ['indexer', 'indexer', 6],
  ]);
  expect(more).toBe('');
});
