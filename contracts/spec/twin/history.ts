import { Serializer } from '@wharfkit/antelope';
import { shipBlocks } from '../ship-blocks.ts';

type Json = Record<string, unknown>;

/** A block as two chains can agree on it: times and billing of the machine's own are left out. */
export type History = {
  readonly num: number;
  /** ms since 1970. */
  readonly timeMs: number;
  /** Ids of the transactions that clients sent, in order. */
  readonly transactionIds: readonly string[];
  readonly traces: readonly Json[];
  /** Rows by table, in an order of their own; of the tables that this project's chains both tell of. */
  readonly deltas: Readonly<Record<string, readonly string[]>>;
};

/** What a node tells beside these is about its resources and its consensus. */
const TABLES = new Set([
  ...['account', 'account_metadata', 'code', 'permission', 'permission_link'],
  ...['contract_table', 'contract_row', 'contract_index64', 'contract_index128', 'contract_index256'],
  'contract_index_double',
]);
/** Measured by the machine. */
const MEASURED = new Set(['cpu_usage_us', 'elapsed', 'console']);
/** A block's own first transaction names the block before it, whose id is each chain's own. */
const ONBLOCK_OWN = new Set([...MEASURED, 'id', 'ref_block_prefix', 'data', 'act_digest']);

/** Blocks `first` to `last` of the chain whose state history is at `url`. */
export async function historyOf(url: string, first: number, last: number): Promise<History[]> {
  const { protocol, blocks } = await shipBlocks(url, first, last, ['block', 'traces', 'deltas']);
  const decode = (data: string, type: string): unknown =>
    Serializer.objectify(Serializer.decode({ data, type, abi: protocol }));
  const history: History[] = [];
  for await (const { num, block, traces, deltas } of blocks) {
    const { timestamp } = decode(block, 'signed_block') as { timestamp: string };
    const told = decode(traces, 'transaction_trace[]') as [string, Json][];
    const bare = told.map(([, trace], at) => without(at === 0 ? ONBLOCK_OWN : MEASURED, trace) as Json);
    history.push({
      num,
      timeMs: Date.parse(`${timestamp}Z`),
      transactionIds: bare.slice(1).map(({ id }) => String(id)),
      traces: bare,
      deltas: rowsByTable(decode(deltas, 'table_delta[]') as [string, Delta][]),
    });
  }
  return history;
}

function without(names: ReadonlySet<string>, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => without(names, inner));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !names.has(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, without(names, inner)]));
}

type Delta = { name: string; rows: { present: boolean | number; data: string }[] };

function rowsByTable(deltas: readonly [string, Delta][]): Record<string, string[]> {
  const ours = deltas.filter(([, { name }]) => TABLES.has(name));
  return Object.fromEntries(
    ours.map(([, { name, rows }]) => [
      name,
      rows.map(({ present, data }) => `${Number(present)} ${data}`).sort(),
    ]),
  );
}
