import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nativeBlock } from './native/native.ts';
import { runChecks } from './models/checks.ts';
import { openWarehouse } from './open.ts';
import { serveClickHouse, type Facade } from './testing/clickhouse-http.ts';
import { continueChain, prepareChain, SQL_DIR, storyBatches } from './testing/chain-story.ts';
import { temporaryFolder } from './testing/folder.ts';
import type { Warehouse } from './warehouse.ts';

const login = { user: 'zakroma', password: 'пароль' };

describe('the warehouse on a server by URL', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let facade: Facade;
  let warehouse: Warehouse;
  beforeAll(async () => {
    folder = await temporaryFolder();
    facade = await serveClickHouse(folder.path, login);
    warehouse = await openWarehouse({ url: facade.url, ...login });
  }, 30_000);
  afterAll(async () => {
    await warehouse.close();
    await facade.close();
    await folder.remove();
  });

  test('binds parameters and keeps 64 bits', async () => {
    const hostile = "'; drop table x; --\\\t\n[";
    const rows = await warehouse.query(
      'select {text:String} as text, {list:Array(String)} as list, {none:Nullable(String)} as none, {big:UInt64} as big',
      {
        text: hostile,
        list: ["x'y", 'б'],
        none: null,
        big: '18446744073709551615',
      },
    );
    expect(rows).toEqual([{ text: hostile, list: ["x'y", 'б'], none: null, big: '18446744073709551615' }]);
  });

  test('tells refusals by code: a wrong statement, a wrong password, nobody there', async () => {
    await expect(warehouse.query('select missing')).rejects.toMatchObject({
      name: 'WarehouseError',
      code: '47',
    });
    await expect(openWarehouse({ url: facade.url, ...login, password: 'x' })).rejects.toMatchObject({
      code: '516',
      retryable: false,
    });
    await expect(openWarehouse({ url: 'http://127.0.0.1:9', ...login })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      retryable: true,
    });
  });

  test('takes the chain and its models by the same statements', { timeout: 60_000 }, async () => {
    const batches = storyBatches(2, 2);
    await prepareChain(warehouse);
    await continueChain(warehouse, batches);
    await continueChain(warehouse, batches);
    const insert = facade.statements.find((statement) =>
      statement.includes('insert into `chain`.`market_logissue`'),
    );
    expect(insert).toMatch(/insert_deduplication_token='.+:market_logissue'.+format Native$/s);
    expect(await warehouse.query("select count() as acts from fact.flow where kind = 'issue'")).toEqual([
      { acts: '12' },
    ]);
    expect(await runChecks(warehouse, { dir: SQL_DIR })).toEqual([]);
  });

  test('a repeated token inserts nothing over HTTP either', async () => {
    await warehouse.command(
      'create table mart.once (n UInt8) engine = MergeTree order by n settings non_replicated_deduplication_window = 10',
    );
    const columns = [{ name: 'n', type: 'UInt8' }];
    const insert = {
      table: 'mart.once',
      columns,
      rows: 2,
      bytes: nativeBlock(columns, 2, new Uint8Array([200, 10])),
      token: 't',
    };
    await warehouse.insert(insert);
    await warehouse.insert(insert);
    expect(await warehouse.query('select n from mart.once order by n')).toEqual([{ n: 10 }, { n: 200 }]);
  });
});
