import { argv } from 'node:process';
import { runLife, watchSink } from '../../indexer/simulation/lives.ts';
import type { End } from '../../indexer/simulation/lives.ts';
import { openWarehouse } from '../open.ts';
import { createChainSink } from '../sink/sink.ts';
import type { Warehouse } from '../warehouse.ts';

/** Where the process ends itself by SIGKILL: at the first write whose statement the pattern `write` finds. */
export type Kill = { readonly when: 'before' | 'amid' | 'after'; readonly write: string };

export type KilledOptions = {
  readonly folder: string;
  readonly url: string;
  readonly end: End;
  readonly kill: Kill | null;
};

/** The end comes at once: nothing is closed, flushed or caught. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function deadly(warehouse: Warehouse, kill: Kill): Warehouse {
  const pattern = new RegExp(kill.write);
  async function write(text: string, work: () => Promise<void>): Promise<void> {
    if (!pattern.test(text)) return work();
    if (kill.when === 'before') die();
    const done = work();
    // The engine has the statement and works in threads of its own.
    if (kill.when === 'amid') setTimeout(die, 1);
    await done;
    die();
  }
  return {
    ...warehouse,
    command: (sql, params) => write(sql, () => warehouse.command(sql, params)),
    insert: (insert) => write(`insert into ${insert.table} `, () => warehouse.insert(insert)),
  };
}

const { folder, url, end, kill } = JSON.parse(argv[2] ?? '{}') as KilledOptions;
const warehouse = await openWarehouse({ path: folder });
const { sink, holds } = watchSink(createChainSink(kill === null ? warehouse : deadly(warehouse, kill)));
await runLife({
  ...{ url, sink, timeoutMs: 60_000, isDone: () => holds(end) },
  limits: { rows: 200, blocks: 6, inFlight: 10, silenceMs: 100, retryFirstMs: 1, retryMostMs: 5 },
});
await warehouse.close();
