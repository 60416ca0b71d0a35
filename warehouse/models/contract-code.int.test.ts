import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWarehouse } from '../open.ts';
import { SQL_DIR } from '../testing/chain-story.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { allTables } from '../testing/tables.ts';
import { createChainSink } from '../sink/sink.ts';
import type { Warehouse } from '../warehouse.ts';
import { buildModels } from './build.ts';

const built = 'ab'.repeat(32);
const other = 'cd'.repeat(32);
const none = '00'.repeat(32);
const models = (hash: string) => ({
  dir: SQL_DIR,
  given: { 'reference.contract_build': `contract,code_hash\nmarket,${hash}\nfunds,${hash}` },
});

describe('the code of contracts', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let warehouse: Warehouse;
  beforeAll(async () => {
    folder = await temporaryFolder();
    warehouse = await openWarehouse({ path: folder.path });
    const sink = createChainSink(warehouse);
    for (const spec of allTables) await sink.ensureTable(spec);
    await buildModels(warehouse, models(built));
    const set = (block: number, sequence: number, account: string, hash: string) =>
      `(${String(block)}, fromUnixTimestamp64Milli(${String(block * 500)}, 'UTC'), ${String(sequence)}, '${account}', unhex('${hash}'))`;
    await warehouse.command(
      `insert into chain.code values ${[
        set(5, 50, 'market', other),
        set(9, 90, 'market', built),
        set(9, 91, 'market', none),
        set(12, 120, 'market', built),
        set(6, 60, 'stranger', other),
      ].join(', ')}`,
    );
  });
  afterAll(async () => {
    await warehouse.close();
    await folder.remove();
  });

  const code = () => warehouse.query('select * except (from_at, until_at) from mart.contract_code');

  test('is told from block to block, against the build that is committed', async () => {
    const market = { contract: 'market' };
    expect(await code()).toEqual([
      { ...market, code_hash: other, from_block: 5, until_block: 9, is_committed_build: false },
      { ...market, code_hash: built, from_block: 9, until_block: 9, is_committed_build: true },
      { ...market, code_hash: '', from_block: 9, until_block: 12, is_committed_build: false },
      { ...market, code_hash: built, from_block: 12, until_block: null, is_committed_build: true },
      {
        ...{ contract: 'stranger', code_hash: other, from_block: 6, until_block: null },
        is_committed_build: null,
      },
    ]);
  });

  test('is judged by another build as soon as another is given', async () => {
    expect((await buildModels(warehouse, models(built))).rebuilt).toEqual([]);
    expect((await buildModels(warehouse, models(other))).rebuilt).toEqual(['reference.contract_build']);
    const judged = (await code()).map((row) => (row as { is_committed_build: unknown }).is_committed_build);
    expect(judged).toEqual([true, false, false, false, null]);
  });

  test('takes rows for no table that it does not know', async () => {
    await expect(
      buildModels(warehouse, { dir: SQL_DIR, given: { 'reference.nothing': 'a\n1' } }),
    ).rejects.toThrow('rows are given for reference.nothing');
  });
});
