import { openWarehouse } from './open.ts';
import { createChainSink } from './sink/sink.ts';
import { CHAIN_ID, prepareChain } from './testing/chain-story.ts';
import { temporaryFolder } from './testing/folder.ts';
import { createGoods, rowSetsOf } from './testing/goods.ts';
import { CITY, FOREST, REGION, STEPPE } from './testing/lots.ts';
import { registryLogs } from './testing/registry-logs.ts';
import { marketTables, registryTables } from './testing/tables.ts';
import type { RowSet } from '../indexer/sink/sink.ts';
import type { Warehouse } from './warehouse.ts';

/** Inserts goods acts with all models live, then asks for indicators over them. One JSON line a figure. */
const FACTS = 200_000;
const BATCH = 25_000;
const OVER = `over ${String(FACTS / 1000)}k acts`;

function say(name: string, value: number, unit: string): void {
  process.stdout.write(`${JSON.stringify({ name, value: Math.round(value * 100) / 100, unit })}\n`);
}

/** A year of acts in rounds of accept, ship, receive, two issues and a sale. */
function* batches(): Generator<{ readonly rows: RowSet[]; readonly last: number; readonly acts: number }> {
  const goods = createGoods(2);
  const products = ['potato', 'cabbage', 'milk', 'eggs'] as const;
  let taken = 0;
  for (let round = 0; taken < FACTS; round += 1) {
    if (round % 500 === 0)
      goods.on(new Date(Date.UTC(2026, 0, 1 + ((round / 500) % 360))).toISOString().slice(0, 10));
    const lot = goods.accept(
      1 + (round % 2),
      products[round % 4] ?? 'potato',
      50 + (round % 9),
      round % 2 ? STEPPE : FOREST,
    );
    const arrived = goods.receive(goods.ship(lot, 40, 3), 40);
    goods.issue(lot, 5, FOREST);
    goods.issue(arrived, 7, CITY);
    goods.sellout(arrived, 6, CITY, 'catering');
    if (goods.logs.length < BATCH) continue;
    const logs = goods.take();
    taken += logs.length;
    yield { rows: rowSetsOf(logs), last: logs.at(-1)?.block ?? 0, acts: logs.length };
  }
}

async function fill(warehouse: Warehouse): Promise<void> {
  await prepareChain(warehouse);
  const sink = createChainSink(warehouse);
  await sink.open(CHAIN_ID);
  for (const table of [...marketTables, ...registryTables]) await sink.ensureTable(table);
  await sink.commit({
    intent: { chainId: CHAIN_ID, first: 1, last: 1, schema: 'b', epoch: 0 },
    end: { blockNum: 1, blockId: '0' },
    rows: rowSetsOf(registryLogs()),
  });
  let ms = 0;
  let acts = 0;
  let bytes = 0;
  let first = 2;
  for (const batch of batches()) {
    const start = performance.now();
    const intent = { chainId: CHAIN_ID, first, last: batch.last, schema: 'b', epoch: 0 };
    await sink.commit({ intent, end: { blockNum: batch.last, blockId: '0' }, rows: batch.rows });
    ms += performance.now() - start;
    acts += batch.acts;
    bytes += batch.rows.reduce((sum, set) => sum + set.bytes.length, 0);
    first = batch.last + 1;
  }
  say(`warehouse: acts committed with every model live, ${OVER}`, acts / (ms / 1000), 'acts/s');
  say('warehouse: RowBinary committed', bytes / 1e6 / (ms / 1000), 'MB/s');
}

async function ask(warehouse: Warehouse, name: string, sql: string, times: number): Promise<void> {
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const territory = [REGION, FOREST, STEPPE, CITY][time % 4] ?? REGION;
    const start = performance.now();
    await warehouse.query(sql, {
      territory,
      first_day: '2026-01-01',
      last_day: '2026-12-31',
      basket_group: '',
      product: '',
    });
    took.push(performance.now() - start);
  }
  took.sort((one, other) => one - other);
  say(`warehouse: ${name}, p50`, took[Math.floor(times * 0.5)] ?? NaN, 'ms');
  say(`warehouse: ${name}, p95`, took[Math.floor(times * 0.95)] ?? NaN, 'ms');
}

const folder = await temporaryFolder();
const warehouse = await openWarehouse({ path: folder.path });
try {
  await fill(warehouse);
  const of =
    'territory = {territory:String}, first_day = {first_day:Date}, last_day = {last_day:Date}, basket_group = {basket_group:String}, product = {product:String}';
  await ask(warehouse, `indicators ${OVER}`, `select * from mart.indicators(${of})`, 40);
  await ask(warehouse, `indicators by month ${OVER}`, `select * from mart.indicators_monthly(${of})`, 40);
  await ask(warehouse, `indicators by day ${OVER}`, `select * from mart.indicators_daily(${of})`, 20);
  await ask(
    warehouse,
    `a page of acts ${OVER}`,
    `select act_id, kind, kg, value_rub from mart.acts(${of}, indicator = 'consumption') order by act_id desc limit 50`,
    20,
  );
  say('warehouse: resident memory', process.memoryUsage().rss / 1e6, 'MB');
} finally {
  await warehouse.close();
  await folder.remove();
}
