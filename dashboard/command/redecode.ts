import { readFile } from 'node:fs/promises';
import { abiFromJson } from '../../indexer/abi/abi.ts';
import type { Abi } from '../../indexer/abi/abi.ts';
import { createRedecoder } from '../../indexer/redecode.ts';
import type { TableSpec } from '../../indexer/sink/sink.ts';
import { repairModels } from '../../warehouse/models/build.ts';
import { openWarehouse } from '../../warehouse/open.ts';
import { readAbis } from '../../warehouse/sink/abis.ts';
import { createLedger } from '../../warehouse/sink/ledger.ts';
import { addLateRows, readRawActions } from '../../warehouse/sink/raw-actions.ts';
import type { LateRow } from '../../warehouse/sink/raw-actions.ts';
import { readWatch } from '../../warehouse/sink/watch.ts';
import { warehouseAt } from '../../zakroma.config.ts';
import { models } from '../process/prepare.ts';
import type { Command, CommandContext } from './context.ts';
import { exitCodes } from './exit.ts';
import { hasModels } from './indexer.ts';
import { common, one, UsageError } from './options.ts';
import type { Given } from './options.ts';

export const redecodeCommand: Command = {
  summary: 'decode actions that were kept raw, with what is known by now',
  options: {
    data: common.data,
    abi: {
      takes: '<account>=<file>',
      help: "an ABI (JSON) for what the chain's own cannot decode",
      many: true,
    },
  },
  notes: `Each row is added once, however often this is run or killed. An action's own ABI version comes first; rows by a given ABI go to
chain.<contract>_<action>_given where chain.<contract>_<action> has other columns or is not there. Needs no node; stop the indexer of an
embedded warehouse before.`,
  run,
};

const chunk = 10_000;

async function run({ given, env, say, progress, signal }: CommandContext): Promise<number> {
  const abis = await givenAbis(given);
  await using closing = new AsyncDisposableStack();
  const warehouse = await openWarehouse(warehouseAt(env, one(given, 'data')));
  closing.defer(() => warehouse.close());
  await createLedger(warehouse);
  const watch = await readWatch(warehouse);
  const watched = watch?.accounts ?? [];
  const redecoder = createRedecoder(
    { accounts: watched, rows: watch?.rows ?? true },
    await readAbis(warehouse),
    abis,
  );
  const left = new Map<string, { count: number; reason: string }>();
  let added = 0;
  let seen = 0;
  for (let after = 0n; !signal.aborted;) {
    const actions = watched.length === 0 ? [] : await readRawActions(warehouse, watched, after, chunk);
    const last = actions.at(-1);
    if (last === undefined) break;
    after = last.globalSequence;
    seen += actions.length;
    const byTable = new Map<string, { table: TableSpec; rows: LateRow[] }>();
    for (const action of actions) {
      const result = redecoder.decode(action);
      if ('reason' in result) {
        const what = `${action.contract}::${action.name}, ABI version ${action.abiSequence}`;
        left.set(what, { count: (left.get(what)?.count ?? 0) + 1, reason: result.reason });
        continue;
      }
      const { table, row } = result;
      const entry = byTable.get(table.name) ?? { table, rows: [] };
      entry.rows.push({ blockNum: action.blockNum, globalSequence: action.globalSequence, row });
      byTable.set(table.name, entry);
    }
    for (const { table, rows } of byTable.values()) added += await addLateRows(warehouse, table, rows);
    progress(`${seen} actions kept raw looked at, ${added} decoded`);
  }
  if (await hasModels(warehouse)) await repairModels(warehouse, models);
  say(`${added} actions decoded of ${seen} kept raw.`);
  for (const [what, { count, reason }] of left) say(`still raw: ${count} × ${what}: ${reason}`);
  return signal.aborted ? exitCodes.tryAgain : exitCodes.ok;
}

/** Throws UsageError naming the option's value that cannot be used. */
async function givenAbis(given: Given): Promise<ReadonlyMap<string, Abi>> {
  const abis = new Map<string, Abi>();
  for (const value of given['abi'] ?? []) {
    const [, account = '', file = ''] = /^([a-z1-5.]{1,12})=(.+)$/.exec(value) ?? [];
    if (account === '') throw new UsageError(`--abi: expected <account>=<file>, got "${value}"`);
    try {
      abis.set(account, abiFromJson(JSON.parse(await readFile(file, 'utf8'))));
    } catch (error) {
      throw new UsageError(`--abi ${value}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return abis;
}
