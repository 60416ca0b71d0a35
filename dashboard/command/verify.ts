import { createIndexer } from '../../indexer/indexer.ts';
import { openWarehouse } from '../../warehouse/open.ts';
import { findGaps } from '../../warehouse/sink/gaps.ts';
import { createLedger } from '../../warehouse/sink/ledger.ts';
import { createVerification } from '../../warehouse/sink/verify.ts';
import { readWatch } from '../../warehouse/sink/watch.ts';
import { warehouseAt } from '../../zakroma.config.ts';
import { chainOptions } from './chain-options.ts';
import type { Command, CommandContext } from './context.ts';
import { exitCodes } from './exit.ts';
import { accounts, common, integer, maxBlock, one, UsageError } from './options.ts';

export const verifyCommand: Command = {
  summary: 'read committed blocks from the chain again and compare them with the tables',
  options: {
    ...common,
    watch: { takes: '<account>[,<account>]', help: 'as the indexer was started with (known from there)' },
    from: { takes: '<block>', help: 'first block (the first in the tables)' },
    to: { takes: '<block>', help: 'last block (the last committed one)' },
    parallel: { takes: '<number>', help: 'connections that history is read over at once (1)' },
  },
  notes: `Whole batches are compared: their manifests (rows and hashes as committed) and the tables' rows, block by block. Changes
nothing. Exit code 1 where anything differs. The embedded warehouse is one process's: stop the indexer before.`,
  run,
};

const shownLines = 100;

async function run({ given, env, say, progress, signal }: CommandContext): Promise<number> {
  const chain = chainOptions(given, env);
  const from = integer(given, 'from', 1, maxBlock) ?? 1;
  const to = integer(given, 'to', 1, maxBlock) ?? maxBlock;
  if (to < from) throw new UsageError(`--to: expected a block not before --from ${from}, got ${to}`);
  const parallel = integer(given, 'parallel', 1, 64) ?? 1;

  await using closing = new AsyncDisposableStack();
  const warehouse = await openWarehouse(warehouseAt(env, one(given, 'data')));
  closing.defer(() => warehouse.close());
  await createLedger(warehouse);
  const watch = await readWatch(warehouse);
  const watched = accounts(given, 'watch') ?? watch?.accounts ?? [];
  const rows = watch?.rows ?? true;
  const gaps = await findGaps(warehouse);
  for (const { table, what } of gaps) say(`chain.${table}: ${what}`);
  const verification = await createVerification(warehouse, from, to);
  if (verification === null) {
    say(`No committed block lies in ${from}–${to === maxBlock ? 'the end' : to}.`);
    return gaps.length === 0 ? exitCodes.ok : exitCodes.fatal;
  }
  const { sink, range } = verification;
  let compared = range.first - 1;
  await createIndexer({
    ...chain,
    ...{ watched, rows, sink, signal, parallel, startBlock: range.first, endBlock: range.last },
    log: { info: () => undefined, warn: () => undefined },
    onStatus: ({ committed, error }) => {
      compared = Math.max(compared, committed);
      progress(error ?? `read again: block ${compared} of ${range.first}–${range.last}`);
    },
  }).run();
  const differences = await verification.finish();
  for (const { table, first, last, what } of differences.slice(0, shownLines)) {
    say(`${first === last ? `block ${first}` : `blocks ${first}–${last}`}: chain.${table}: ${what}`);
  }
  if (differences.length > shownLines) say(`… and ${differences.length - shownLines} more differences`);
  if (signal.aborted) {
    say(`Stopped before the end: blocks ${range.first}–${range.last} were not all compared.`);
    return exitCodes.tryAgain;
  }
  if (differences.length + gaps.length > 0) return exitCodes.fatal;
  say(`Blocks ${range.first}–${range.last} are in the tables as the chain has them.`);
  return exitCodes.ok;
}
