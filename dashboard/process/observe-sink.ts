import type { RowSet, Sink } from '../../indexer/sink/sink.ts';

/** News of rows that have just become visible, told after the sink has written them. */
export type SinkNews =
  | { readonly type: 'final'; readonly block: number; readonly acts: number }
  | { readonly type: 'pending'; readonly block: number; readonly acts: number };

/** Passes everything on to `sink` and tells what was committed; `acts` counts logs of goods. */
export function observeSink(sink: Sink, tell: (news: SinkNews) => void): Sink {
  return {
    open: (chainId) => sink.open(chainId),
    ensureTable: (spec) => sink.ensureTable(spec),
    async commit(batch) {
      await sink.commit(batch);
      tell({ type: 'final', block: batch.end.blockNum, acts: actsIn(batch.rows) });
    },
    async appendTail(blockNum, rows) {
      await sink.appendTail(blockNum, rows);
      const acts = actsIn(rows);
      if (acts > 0) tell({ type: 'pending', block: blockNum, acts });
    },
    dropTailFrom: (fromBlock) => sink.dropTailFrom(fromBlock),
    promoteTail: (throughBlock) => sink.promoteTail(throughBlock),
  };
}

function actsIn(rows: readonly RowSet[]): number {
  return rows.reduce((sum, { table, rows: count }) => (table.startsWith('market_log') ? sum + count : sum), 0);
}
