import type {
  AbiVersion,
  Batch,
  Column,
  Intent,
  Position,
  RowSet,
  Sink,
  Standing,
  TableSpec,
} from './sink.ts';

/** Rows with the columns that their table had when they came. */
export type HeldRows = RowSet & { readonly columns: readonly Column[] };

/** Where a test may let the sink die: `insert:<table>` comes before the table's rows are taken, the others as named. */
export type SinkStep =
  | 'open'
  | 'ensure'
  | 'before-intent'
  | 'after-intent'
  | `insert:${string}`
  | 'before-cursor'
  | 'after-cursor'
  | 'tail';

export type MemorySinkOptions = {
  /** Called at every step of writing; throwing there is a crash at that place. */
  readonly onStep?: (step: SinkStep) => void;
};

/**
 * A sink in memory with ClickHouse's manners: a batch is intent, inserts and cursor, not one transaction, and a repeated
 * token inserts nothing. What it holds survives a crash of the indexer that used it.
 */
export function createMemorySink({ onStep = () => undefined }: MemorySinkOptions = {}) {
  const specs = new Map<string, TableSpec>();
  const tables = new Map<string, HeldRows[]>();
  const tail = new Map<number, readonly RowSet[]>();
  const tokens = new Set<string>();
  const abis: AbiVersion[] = [];
  const committed: Intent[] = [];
  let chain: string | null = null;
  let cursor: Position | null = null;
  let openIntent: Intent | null = null;

  function insert(token: string, set: RowSet, batch: Batch): void {
    onStep(`insert:${set.table}`);
    const columns = specs.get(set.table)?.columns;
    if (columns === undefined) throw new Error(`expected table ${set.table} to be ensured before its rows`);
    if (tokens.has(token)) return;
    tokens.add(token);
    const rows = tables.get(set.table);
    if (rows === undefined) tables.set(set.table, [{ ...set, columns }]);
    else rows.push({ ...set, columns });
    if (set.table === 'abi') abis.push(...readAbis(set, batch));
  }

  const sink: Sink = {
    open(chainId) {
      onStep('open');
      if (chain !== null && chain !== chainId)
        throw new Error(`these tables hold chain ${chain}, not ${chainId}`);
      chain = chainId;
      tail.clear();
      const standing: Standing = { cursor, openIntent, epoch: 0, abis: [...abis] };
      return Promise.resolve(standing);
    },
    ensureTable(spec) {
      onStep('ensure');
      specs.set(spec.name, spec);
      return Promise.resolve();
    },
    commit(batch) {
      const { chainId, first, last, schema, epoch } = batch.intent;
      onStep('before-intent');
      openIntent = batch.intent;
      onStep('after-intent');
      for (const set of batch.rows)
        insert([chainId, first, last, schema, epoch, set.table].join(':'), set, batch);
      onStep('before-cursor');
      cursor = batch.end;
      openIntent = null;
      committed.push(batch.intent);
      onStep('after-cursor');
      return Promise.resolve();
    },
    appendTail(blockNum, rows) {
      onStep('tail');
      for (const { table } of rows)
        if (!specs.has(table)) throw new Error(`expected table ${table} to be ensured before its tail`);
      tail.set(blockNum, rows);
      return Promise.resolve();
    },
    dropTailFrom(fromBlock) {
      for (const blockNum of tail.keys()) if (blockNum >= fromBlock) tail.delete(blockNum);
      return Promise.resolve();
    },
    promoteTail(throughBlock) {
      for (const blockNum of tail.keys()) if (blockNum <= throughBlock) tail.delete(blockNum);
      return Promise.resolve();
    },
  };

  /** Every table's rows joined, in the order of their insertion. */
  const contents = (): Map<string, Buffer> =>
    new Map([...tables].map(([name, sets]) => [name, Buffer.concat(sets.map((set) => set.bytes))]));

  return { sink, specs, tables, contents, tail, committed, cursor: () => cursor };
}

/** Reads back the `abi` table's rows, as the warehouse does by SQL. */
function readAbis(set: RowSet, batch: Batch): AbiVersion[] {
  const bytes = Buffer.from(set.bytes);
  const versions: AbiVersion[] = [];
  let at = 0;
  const varuint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes.readUInt8(at++);
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Buffer => bytes.subarray(at, (at += length));
  while (at < bytes.length) {
    const blockNum = take(4).readUInt32LE();
    if (blockNum < batch.intent.first || blockNum > batch.intent.last)
      throw new Error('row outside its batch');
    take(8);
    const globalSequence = take(8).readBigUInt64LE();
    const account = take(varuint()).toString('utf8');
    const abiSequence = take(4).readUInt32LE();
    versions.push({ account, abiSequence, blockNum, globalSequence, bytes: take(varuint()) });
  }
  return versions;
}
