import type { Batch, Intent, RowSet, Sink, TableSpec } from '../../indexer/sink/sink.ts';
import { qualified } from '../door/statement.ts';
import { WarehouseError } from '../error.ts';
import { nativeBlock } from '../native/native.ts';
import type { Warehouse } from '../warehouse.ts';
import { readAbis } from './abis.ts';
import { actionTables } from './gaps.ts';
import { manifestOf } from './ledger.ts';
import { decodedTables } from './repair.ts';
import { CHAIN } from './tables.ts';

/** Blocks `first`…`last` of a table that are not what the chain says. */
export type Difference = {
  readonly table: string;
  readonly first: number;
  readonly last: number;
  readonly what: string;
};

export type Verification = {
  readonly sink: Sink;
  /** First and last block that are compared: whole batches. */
  readonly range: { readonly first: number; readonly last: number };
  /** Compares what has not been compared yet, removes the copies, gives all differences found. */
  finish(): Promise<readonly Difference[]>;
};

type CursorRow = {
  chain_id: string;
  first: number;
  last: number;
  schema: string;
  epoch: number;
  block_id: string;
  manifest: string;
};

/** Rows gathered before they are held against the tables. */
const windowRows = 300_000;
/** Where the copies decoded again lie while they are compared. */
const COPY = 'verify';

/**
 * A sink that writes nothing to the tables: batches read again from the chain are held to the cursor's manifests and to the tables' own
 * rows. Null when no committed batch lies in `from`…`to`. Throws WarehouseError where the cursor itself has a hole.
 */
export async function createVerification(
  warehouse: Warehouse,
  from: number,
  to: number,
): Promise<Verification | null> {
  const batches = await warehouse.query<CursorRow>(
    `select chain_id, first, last, schema, epoch, block_id, manifest from chain.cursor
     where last >= {from:UInt32} and first <= {to:UInt32} order by last`,
    { from, to },
  );
  const [begin, end] = [batches[0], batches.at(-1)];
  if (begin === undefined || end === undefined) return null;
  assertJoined(batches);
  const [before] = await warehouse.query<{ last: number; block_id: string }>(
    'select last, block_id from chain.cursor where last < {first:UInt32} order by last desc limit 1',
    { first: begin.first },
  );
  const differences: Difference[] = [];
  const specs = new Map<string, TableSpec>();
  const manifests = new Map(batches.map((batch) => [batch.last, batch.manifest]));
  let window: { first: number; last: number; rows: number } | null = null;
  await warehouse.command(`drop database if exists ${COPY} sync`);
  await warehouse.command(`create database ${COPY}`);

  async function copy(batch: Batch): Promise<void> {
    const { first, last } = batch.intent;
    const present = new Set(await decodedTables(warehouse));
    for (const set of batch.rows) {
      if (!present.has(set.table)) {
        differences.push({
          table: set.table,
          first,
          last,
          what: `the table is missing, ${set.rows} rows expected`,
        });
      } else await copyRows(warehouse, specs, set, `${COPY}:${String(first)}:${set.table}`);
    }
  }

  async function compare(): Promise<void> {
    if (window === null) return;
    const { first, last } = window;
    window = null;
    const decoded = await actionTables(warehouse);
    for (const table of await decodedTables(warehouse)) {
      await makeCopy(warehouse, table);
      differences.push(...(await differingBlocks(warehouse, table, decoded.has(table), first, last)));
      await warehouse.command(`truncate table ${qualified(`${COPY}.${table}`)}`);
    }
  }

  const sink: Sink = {
    open(chainId) {
      if (chainId !== begin.chain_id) {
        throw new WarehouseError(
          `The warehouse holds chain ${begin.chain_id}, the endpoint serves chain ${chainId}.`,
          'OTHER_CHAIN',
        );
      }
      return readStanding();
    },
    ensureTable(spec) {
      specs.set(spec.name, spec);
      return Promise.resolve();
    },
    async commit(batch) {
      const { first, last } = batch.intent;
      differences.push(...differingManifest(batch, manifests.get(last)));
      await copy(batch);
      const rows = batch.rows.reduce((sum, set) => sum + set.rows, 0);
      window = { first: window?.first ?? first, last, rows: (window?.rows ?? 0) + rows };
      if (window.rows >= windowRows) await compare();
    },
    appendTail: () => Promise.resolve(),
    dropTailFrom: () => Promise.resolve(),
    promoteTail: () => Promise.resolve(),
  };

  async function readStanding() {
    const abis = (await readAbis(warehouse)).filter((abi) => abi.blockNum < (begin as CursorRow).first);
    const again = batches.map((batch): Intent => ({
      ...{ chainId: batch.chain_id, first: batch.first, last: batch.last },
      ...{ schema: batch.schema, epoch: batch.epoch },
    }));
    const cursor = before === undefined ? null : { blockNum: before.last, blockId: before.block_id };
    return { cursor, openIntent: null, again, epoch: begin?.epoch ?? 0, abis };
  }

  return {
    sink,
    range: { first: begin.first, last: end.last },
    async finish() {
      await compare();
      await warehouse.command(`drop database ${COPY} sync`);
      return joined(differences);
    },
  };
}

function assertJoined(batches: readonly CursorRow[]): void {
  batches.forEach((batch, i) => {
    const previous = batches[i - 1];
    if (previous === undefined || batch.first === previous.last + 1) return;
    throw new WarehouseError(
      `chain.cursor has a hole: a batch ends with block ${String(previous.last)}, the next begins with ${String(batch.first)}. ` +
        'What lies between was never committed or its record is lost: read the chain into an empty warehouse.',
      'CURSOR_HOLE',
    );
  });
}

function differingManifest(batch: Batch, recorded: string | undefined): Difference[] {
  const { first, last } = batch.intent;
  const now = manifestOf(batch.rows);
  const then = JSON.parse(recorded ?? '[]') as typeof now;
  const tables = new Set([...now, ...then].map((entry) => entry.table));
  return [...tables].flatMap((table): Difference[] => {
    const [is, was] = [now, then].map((entries) => entries.find((entry) => entry.table === table));
    if (is?.sha256 === was?.sha256 && is?.rows === was?.rows) return [];
    const what = `the cursor's manifest has ${was?.rows ?? 0} rows ${was?.sha256.slice(0, 12) ?? ''}, the chain gives ${is?.rows ?? 0} rows ${is?.sha256.slice(0, 12) ?? ''}`;
    return [{ table, first, last, what }];
  });
}

async function makeCopy(warehouse: Warehouse, table: string): Promise<void> {
  await warehouse.command(
    `create table if not exists ${qualified(`${COPY}.${table}`)} as ${qualified(`${CHAIN}.${table}`)} engine = MergeTree order by tuple()`,
  );
}

async function copyRows(
  warehouse: Warehouse,
  specs: ReadonlyMap<string, TableSpec>,
  { table, rows, bytes }: RowSet,
  token: string,
): Promise<void> {
  const columns = specs.get(table)?.columns ?? [];
  await makeCopy(warehouse, table);
  await warehouse.insert({
    ...{ table: `${COPY}.${table}`, columns, rows, bytes: nativeBlock(columns, rows, bytes), token },
  });
}

type BlockRow = { block_num: number; stored: string; expected: string };

/** Blocks whose rows differ in number or content, whatever their order. Rows decoded later, of actions kept raw, are left out. */
async function differingBlocks(
  warehouse: Warehouse,
  table: string,
  isDecoded: boolean,
  first: number,
  last: number,
): Promise<Difference[]> {
  const within = 'block_num between {first:UInt32} and {last:UInt32}';
  const late = `and global_sequence not in (select global_sequence from chain.action where ${within} and raw != '')`;
  const side = (name: string, where: string) =>
    `select block_num, count() as rows, sum(sipHash64(toString(tuple(*)))) as hash, '${name}' as side
     from ${name === 'stored' ? CHAIN : COPY}.${qualified(table)} ${where} group by block_num`;
  const rows = await warehouse.query<BlockRow>(
    `select block_num, sumIf(rows, side = 'stored') as stored, sumIf(rows, side = 'expected') as expected
     from (${side('stored', `where ${within} ${isDecoded ? late : ''}`)} union all ${side('expected', '')})
     group by block_num having count() != 2 or uniqExact(rows, hash) != 1 order by block_num`,
    { first, last },
  );
  return rows.map(({ block_num: block, stored, expected }) => ({
    ...{ table, first: block, last: block },
    what:
      stored === expected
        ? 'rows have other values than the chain gives'
        : `the table has ${stored} rows, the chain gives ${expected}`,
  }));
}

/** Neighbouring blocks of a table with the same difference become one line. */
function joined(differences: readonly Difference[]): readonly Difference[] {
  const out: Difference[] = [];
  for (const next of differences.toSorted((a, b) => a.table.localeCompare(b.table) || a.first - b.first)) {
    const last = out.at(-1);
    const isNext = last?.table === next.table && last.what === next.what && last.last + 1 === next.first;
    if (isNext) out[out.length - 1] = { ...last, last: next.last };
    else out.push(next);
  }
  return out;
}
