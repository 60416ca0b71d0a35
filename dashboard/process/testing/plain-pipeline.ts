import { createRequire } from 'node:module';
import { connect } from '../../../indexer/ship/connection.ts';
import type { Warehouse } from '../../../warehouse/warehouse.ts';

type Abieos = {
  loadAbi(contract: string, abi: object): boolean;
  binToJson(contract: string, type: string, bytes: Buffer): unknown;
  hexToJson(contract: string, type: string, hex: string): unknown;
};
const { Abieos } = createRequire(import.meta.url)('@eosrio/node-abieos') as {
  Abieos: { getInstance(): Abieos };
};

type Trace = readonly [
  string,
  {
    readonly receiver: string;
    readonly act: { readonly account: string; readonly name: string; readonly data: string };
    readonly receipt: readonly [string, { readonly global_sequence: string }];
  },
];
type Traces = readonly (readonly [
  string,
  { readonly id: string; readonly action_traces: readonly Trace[] },
])[];

const ROWS = 50_000;

/**
 * What one writes first: messages and actions to objects by abieos, objects to JSON lines, lines to one table of text fields. No ids are
 * checked, nothing is repeated after a kill. Resolves with the ms that it took through `last`.
 */
export async function plainPipeline(
  shipUrl: string,
  last: number,
  { warehouse, account, abi }: { warehouse: Warehouse; account: string; abi: object },
): Promise<number> {
  const abieos = Abieos.getInstance();
  if (!abieos.loadAbi(account, abi)) throw new Error('abieos refused the ABI');
  await warehouse.command('create database if not exists plain');
  await warehouse.command(
    'create table plain.action (global_sequence UInt64, block_num UInt32, tx_id String, name String, data String) engine = MergeTree order by global_sequence',
  );
  const connection = await connect(shipUrl, new AbortController().signal);
  const start = performance.now();
  connection.send(connection.protocol.blocksRequest({ start: 1, inFlight: 128, have: [] }));
  let lines: string[] = [];
  const write = async (): Promise<void> => {
    const values = lines.join('\n');
    lines = [];
    if (values !== '') await warehouse.command(`insert into plain.action format JSONEachRow\n${values}`);
  };
  for (let [block, owed] = [0, 0]; block < last;) {
    const frame = connection.shift();
    if (frame === null) {
      connection.send(connection.protocol.ackRequest(owed));
      owed = 0;
      await connection.wait(5_000);
      continue;
    }
    owed += 1;
    const message = connection.protocol.read(frame);
    if (message.kind !== 'block') continue;
    block = message.position?.blockNum ?? block;
    if (message.traces === null) continue;
    const bytes = Buffer.from(
      frame.buffer,
      frame.byteOffset + message.traces.at,
      message.traces.end - message.traces.at,
    );
    for (const [, { id, action_traces }] of abieos.binToJson('ship', 'transaction_trace[]', bytes) as Traces)
      for (const [, { receiver, act, receipt }] of action_traces) {
        if (act.account !== account || receiver !== account) continue;
        const data = abieos.hexToJson(account, act.name, act.data);
        const row = {
          global_sequence: receipt[1].global_sequence,
          block_num: block,
          tx_id: id,
          name: act.name,
        };
        lines.push(JSON.stringify({ ...row, data: JSON.stringify(data) }));
      }
    if (lines.length >= ROWS) await write();
  }
  await write();
  connection.close();
  return performance.now() - start;
}

/** Gives abieos the protocol's own ABI, the endpoint's first frame. */
export function loadProtocol(description: object): void {
  if (!Abieos.getInstance().loadAbi('ship', description)) throw new Error('abieos refused the protocol');
}
