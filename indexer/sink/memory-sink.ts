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

/** What the sink does, one after the other; a commit is intent, inserts and cursor. */
export type SinkAct =
  'open' | 'ensure' | 'intent' | `insert:${string}` | 'cursor' | 'append' | 'drop' | 'promote';

export type MemorySinkOptions = {
  /** Called before and after everything that the sink does; throwing there is a crash at that place. */
  readonly onStep?: (when: 'before' | 'after', act: SinkAct) => void;
};

/**
 * A sink in memory with ClickHouse's manners: a batch is intent, inserts and cursor, not one transaction, and a repeated
 * token inserts nothing. What it holds survives a crash of the indexer that used it.
 */
export function createMemorySink({ onStep = () => undefined }: MemorySinkOptions = {}) {
  const specs = new Map<string, TableSpec>();
  const tables = new Map<string, HeldRows[]>();
  const tail = new Map<number, readonly HeldRows[]>();
  const tokens = new Set<string>();
  const abis: AbiVersion[] = [];
  const committed: Intent[] = [];
  let chain: string | null = null;
  let cursor: Position | null = null;
  let openIntent: Intent | null = null;

  function withColumns(set: RowSet): HeldRows {
    const columns = specs.get(set.table)?.columns;
    if (columns === undefined) throw new Error(`expected table ${set.table} to be ensured before its rows`);
    return { ...set, columns };
  }

  function insert(token: string, set: RowSet, batch: Batch): void {
    const rows = withColumns(set);
    if (tokens.has(token)) return;
    tokens.add(token);
    const held = tables.get(set.table);
    if (held === undefined) tables.set(set.table, [rows]);
    else held.push(rows);
    if (set.table === 'abi') abis.push(...readAbis(set, batch));
  }

  function act(name: SinkAct, work: () => void): void {
    onStep('before', name);
    work();
    onStep('after', name);
  }

  function dropTail(isDropped: (blockNum: number) => boolean): void {
    for (const blockNum of tail.keys()) if (isDropped(blockNum)) tail.delete(blockNum);
  }

  const sink: Sink = {
    async open(chainId) {
      act('open', () => {
        if (chain !== null && chain !== chainId)
          throw new Error(`these tables hold chain ${chain}, not ${chainId}`);
        chain = chainId;
        tail.clear();
      });
      const standing: Standing = { cursor, openIntent, epoch: 0, abis: [...abis] };
      return Promise.resolve(standing);
    },
    async ensureTable(spec) {
      act('ensure', () => specs.set(spec.name, spec));
      return Promise.resolve();
    },
    async commit(batch) {
      const { chainId, first, last, schema, epoch } = batch.intent;
      act('intent', () => (openIntent = batch.intent));
      for (const set of batch.rows) {
        act(`insert:${set.table}`, () => {
          insert([chainId, first, last, schema, epoch, set.table].join(':'), set, batch);
        });
      }
      act('cursor', () => {
        cursor = batch.end;
        openIntent = null;
        committed.push(batch.intent);
      });
      return Promise.resolve();
    },
    async appendTail(blockNum, rows) {
      act('append', () => tail.set(blockNum, rows.map(withColumns)));
      return Promise.resolve();
    },
    async dropTailFrom(fromBlock) {
      act('drop', () => {
        dropTail((blockNum) => blockNum >= fromBlock);
      });
      return Promise.resolve();
    },
    async promoteTail(throughBlock) {
      act('promote', () => {
        dropTail((blockNum) => blockNum <= throughBlock);
      });
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
