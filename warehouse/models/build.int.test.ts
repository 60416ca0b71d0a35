import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWarehouse } from '../open.ts';
import { continueChain, fingerprint, prepareChain, SQL_DIR, storyBatches } from '../testing/chain-story.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { Warehouse } from '../warehouse.ts';
import { buildModels, rebuildModels, repairModels } from './build.ts';
import { runChecks } from './checks.ts';

describe('the model runner', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let warehouse: Warehouse;
  let dir: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    dir = join(folder.path, 'sql');
    await cp(SQL_DIR, dir, { recursive: true });
    warehouse = await openWarehouse({ path: join(folder.path, 'warehouse') });
    await prepareChain(warehouse);
    await continueChain(warehouse, storyBatches(2, 3));
  }, 60_000);
  afterEach(async () => {
    await warehouse.close();
    await folder.remove();
  });

  const edit = async (file: string, change: (text: string) => string) => {
    const path = join(dir, file);
    const text = await readFile(path, 'utf8');
    expect(change(text)).not.toBe(text);
    await writeFile(path, change(text));
  };

  test(
    'a rebuild from decoded tables equals what the feeds brought, and what changed alone is made anew',
    { timeout: 120_000 },
    async () => {
      const incremental = await fingerprint(warehouse);
      expect(await buildModels(warehouse, { dir })).toEqual({ rebuilt: [], applied: [], dropped: [] });
      await rebuildModels(warehouse, { dir });
      expect(await fingerprint(warehouse)).toEqual(incremental);

      await edit('marts/flow_day_feed.sql', (text) =>
        text.replace('arrayEnumerate(shares) as number', "$&\nwhere movement != 'accept'"),
      );
      const report = await buildModels(warehouse, { dir });
      expect(report.rebuilt).toEqual(['mart.flow_day']);
      expect((await fingerprint(warehouse))['fact.flow']).toEqual(incremental['fact.flow']);
      expect(
        await warehouse.query("select count() as rows from mart.flow_day where movement = 'accept'"),
      ).toEqual([{ rows: '0' }]);

      await edit('facts/place_territory.sql', (text) =>
        `${text}-- told otherwise\n`.replace("'country')", "'country') || ''"),
      );
      expect((await buildModels(warehouse, { dir })).rebuilt).toEqual(['fact.flow', 'mart.flow_day']);
    },
  );

  test(
    'a check that fails says what it holds, for whom, and shows rows; repair makes it hold',
    { timeout: 120_000 },
    async () => {
      const whole = await fingerprint(warehouse);
      await warehouse.command(
        "alter table fact.flow delete where kind = 'issue' settings mutations_sync = 2",
      );
      const failures = await runChecks(warehouse, { dir });
      expect(failures.map((failure) => failure.check)).toContain('flow_day_equals_flow');
      expect(failures.find((failure) => failure.check === 'flow_is_complete')).toMatchObject({
        rows: [{ kind: 'issue' }],
      });
      expect(failures.find((failure) => failure.check === 'acts_sum_to_indicators')?.subject).toHaveProperty(
        'territory',
      );
      expect(await repairModels(warehouse, { dir })).toBe(true);
      expect(await repairModels(warehouse, { dir })).toBe(false);
      expect(await fingerprint(warehouse)).toEqual(whole);
    },
  );

  test('each check notices what it is for', { timeout: 120_000 }, async () => {
    await rm(join(dir, 'checks/acts_sum_to_indicators.sql'));
    const spoil = async (sql: string) => {
      await warehouse.command(sql);
      return (await runChecks(warehouse, { dir })).map((failure) => failure.check);
    };
    const copy = 'insert into fact.flow settings insert_deduplicate=0 select * from fact.flow where';
    expect(await spoil(`${copy} kind = 'receive' limit 1`)).toEqual(
      expect.arrayContaining(['act_ids_are_unique', 'receipts_have_shipments', 'lot_identity']),
    );
    await rebuildModels(warehouse, { dir });
    expect(
      await spoil(
        "alter table fact.flow update quantity = quantity * 9 where kind = 'issue' settings mutations_sync = 2",
      ),
    ).toEqual(['lot_identity', 'shares_sum_to_acts']);
    await rebuildModels(warehouse, { dir });
    expect(
      await spoil(
        "alter table fact.flow update product = 'gold' where kind = 'ship' settings mutations_sync = 2",
      ),
    ).toContain('acts_name_known_things');
    expect(
      await spoil(
        "insert into chain.action (block_num, contract, name, actors) select 2, 'market', 'logissue', [('mallory', 'active')]",
      ),
    ).toContain('logs_are_inline');
  });

  test(
    'a model that is gone from the folder is dropped, one with a broken form is named',
    { timeout: 120_000 },
    async () => {
      await rm(join(dir, 'marts/as_of.sql'));
      expect((await buildModels(warehouse, { dir })).dropped).toEqual(['mart.as_of']);
      await expect(warehouse.query('select * from mart.as_of')).rejects.toMatchObject({ code: '60' });
      await mkdir(join(dir, 'marts'), { recursive: true });
      await writeFile(join(dir, 'marts/x.sql'), '-- grain: x\n-- owner: x\nselect 1');
      await expect(buildModels(warehouse, { dir })).rejects.toMatchObject({ code: 'BROKEN_MODEL' });
      await writeFile(
        join(dir, 'marts/x.sql'),
        '-- grain: x\n-- owner: x\ncreate or replace view mart.x as select 1 as one from chain.market_lognone',
      );
      await expect(buildModels(warehouse, { dir })).rejects.toMatchObject({ code: 'NO_SOURCE' });
      await rm(join(dir, 'marts/x.sql'));
      await edit('marts/flow_day.sql', (text) => text.replace(/settings.*/, ''));
      await expect(buildModels(warehouse, { dir })).rejects.toThrow('non_replicated_deduplication_window');
    },
  );
});
