import type { Batch } from '../../indexer/sink/sink.ts';
import { buildModels, repairModels } from '../models/build.ts';
import { createChainSink } from '../sink/sink.ts';
import type { Warehouse } from '../warehouse.ts';
import { createGoods, rowSetsOf } from './goods.ts';
import { CITY, FOREST, STEPPE } from './lots.ts';
import { registryLogs } from './registry-logs.ts';
import { allTables, contractTables } from './tables.ts';

export const CHAIN_ID = 'c0'.repeat(32);
export const SQL_DIR = new URL('../../sql', import.meta.url).pathname;

/** Batches of `perBatch` rounds; a round grows, ships, loses, eats and sells, so that every feed has rows in every batch. */
export function storyBatches(batches: number, perBatch: number): Batch[] {
  const goods = createGoods(2);
  const result: Batch[] = [];
  let taken = 0;
  let first = 1;
  for (let number = 0; number < batches; number += 1) {
    for (let round = 0; round < perBatch; round += 1) {
      const lot = goods.accept(1, round % 2 === 0 ? 'potato' : 'milk', 50 + round, FOREST);
      const arrived = goods.receive(goods.ship(lot, 40, 3), 38);
      goods.issue(lot, 5, FOREST);
      goods.issue(arrived, 7, round % 3 === 0 ? STEPPE : CITY);
      goods.sellout(arrived, 6, CITY, 'catering');
      const bread = goods.process(
        [
          [lot, 2],
          [arrived, 1],
        ],
        'eggs',
        30,
        [
          { territory: FOREST, ppm: 666_667 },
          { territory: '', ppm: 333_333 },
        ],
      );
      goods.reverse(goods.takeback(goods.issue(bread, 7, CITY), 3));
      goods.count(bread, -1);
    }
    const logs = goods.logs.slice(taken);
    taken = goods.logs.length;
    const last = logs.at(-1)?.block ?? first;
    result.push({
      intent: { chainId: CHAIN_ID, first, last, schema: 's1', epoch: 0 },
      end: { blockNum: last, blockId: last.toString(16).padStart(64, '0') },
      rows: rowSetsOf(number === 0 ? [...registryLogs(), ...logs] : logs),
    });
    first = last + 1;
  }
  return result;
}

/** Tables and models, as the composition root makes them before the indexer starts. */
export async function prepareChain(warehouse: Warehouse): Promise<void> {
  const sink = createChainSink(warehouse);
  await sink.open(CHAIN_ID);
  for (const table of allTables) await sink.ensureTable(table);
  await buildModels(warehouse, { dir: SQL_DIR });
}

/** Goes on from wherever the tables stand to the end of the batches, as the indexer does after a start. */
export async function continueChain(
  warehouse: Warehouse,
  batches: readonly Batch[],
  onCommit: (batch: Batch) => void = () => undefined,
): Promise<void> {
  const repair = { dir: SQL_DIR };
  const sink = createChainSink(warehouse, { afterRepeat: () => repairModels(warehouse, repair) });
  const { cursor } = await sink.open(CHAIN_ID);
  for (const table of allTables) await sink.ensureTable(table);
  for (const batch of batches) {
    if (cursor && batch.intent.last <= cursor.blockNum) continue;
    await sink.commit(batch);
    onCommit(batch);
  }
}

/** Rows and a hash over all columns in order, of base, facts and marts: two runs are equal when these are. */
export async function fingerprint(
  warehouse: Warehouse,
): Promise<Record<string, { rows: string; hash: string }>> {
  const result: Record<string, { rows: string; hash: string }> = {};
  const sources: Record<string, string> = {
    'fact.flow': 'fact.flow',
    'mart.flow_day': FLOW_DAY,
    'mart.territory_tree': 'mart.territory_tree',
  };
  for (const table of contractTables) sources[`chain.${table.name}`] = `chain.${table.name}`;
  for (const [name, source] of Object.entries(sources)) {
    const [row] = await warehouse.query<{ rows: string; hash: string }>(
      `select count() as rows, hex(sipHash128(groupArray(line))) as hash from (select hex(sipHash128(toString(tuple(*)))) as line from ${source} order by line)`,
    );
    if (row) result[name] = { rows: row.rows, hash: row.hash };
  }
  return result;
}

const FLOW_DAY = `(select day, movement, left_territory, reached_territory, origin_territory, earlier, evidence, producer_kind, recipient_kind, product,
  sum(acts) as acts, sum(kg) as kg, sum(value_rub) as value_rub from mart.flow_day
  group by day, movement, left_territory, reached_territory, origin_territory, earlier, evidence, producer_kind, recipient_kind, product)`;
