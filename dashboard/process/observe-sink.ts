import type { RowSet, Sink } from '../../indexer/sink/sink.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** News of rows that have just become visible, told after the sink has written them. */
export type SinkNews =
  | { readonly type: 'final'; readonly block: number; readonly time: string; readonly acts: number }
  | { readonly type: 'pending'; readonly block: number; readonly acts: number };

/** Passes everything on to `sink` and tells what was committed; `acts` counts movements of goods, `time` is the block's, ISO 8601. */
export function observeSink(sink: Sink, warehouse: Warehouse, tell: (news: SinkNews) => void): Sink {
  return {
    open: (chainId) => sink.open(chainId),
    ensureTable: (spec) => sink.ensureTable(spec),
    async commit(batch) {
      await sink.commit(batch);
      const time = (await readAsOf(warehouse))?.time ?? '';
      tell({ type: 'final', block: batch.end.blockNum, time, acts: actsIn(batch.rows) });
    },
    async appendTail(blockNum, rows) {
      await sink.appendTail(blockNum, rows);
      const acts = actsIn(rows);
      if (acts > 0) tell({ type: 'pending', block: blockNum, acts });
    },
    async dropTailFrom(fromBlock) {
      await sink.dropTailFrom(fromBlock);
      tell({ type: 'pending', block: fromBlock, acts: 0 });
    },
    promoteTail: (throughBlock) => sink.promoteTail(throughBlock),
  };
}

/** The block through which figures are final, and its time in ISO 8601; none before the first batch. */
export async function readAsOf(warehouse: Warehouse): Promise<{ block: number; time: string } | undefined> {
  const [row] = await warehouse.query<{ block: number; time: string }>(
    `select block_num as block, formatDateTime(block_time, '%Y-%m-%dT%H:%i:%SZ', 'UTC') as time from mart.as_of`,
  );
  return row;
}

/** The market's logs that are acts on goods: not intents, claims, offers, orders and other deals. */
const MOVEMENT = /^market_log(accept|ship|receive|loss|sellout|issue|return|process|count|reverse)$/;

function actsIn(rows: readonly RowSet[]): number {
  return rows.reduce((sum, { table, rows: count }) => (MOVEMENT.test(table) ? sum + count : sum), 0);
}
