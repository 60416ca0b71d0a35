import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { ABI, Serializer } from '@wharfkit/antelope';
import { abiFromJson } from './abi/abi.ts';
import { writer } from './abi/codec.ts';
import { compile } from './abi/compile.ts';
import { Reader } from './abi/reader.ts';
import { RowBuffer } from './abi/row-buffer.ts';
import { createIndexer } from './indexer.ts';
import { connect } from './ship/connection.ts';
import type { Sink } from './sink/sink.ts';
import { movement } from './testing/movement.ts';
import type { StreamSize } from './testing/stream.worker.ts';

type Abieos = {
  loadAbi(contract: string, abi: object): boolean;
  binToJson(contract: string, type: string, bytes: Buffer): unknown;
};
const { Abieos } = createRequire(import.meta.url)('@eosrio/node-abieos') as {
  Abieos: { getInstance(): Abieos };
};

function report(name: string, value: number, unit: string): void {
  console.log(JSON.stringify({ name, value: Math.round(value), unit }));
}

/** Runs for about a second after a warm-up; calls a second. */
function perSecond(work: () => void): number {
  for (let i = 0; i < 2_000; i++) work();
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < 1_000) {
    for (let i = 0; i < 200; i++) work();
    done += 200;
  }
  return (done * 1_000) / (performance.now() - start);
}

/** The same packed log decoded by three libraries; ours makes a typed RowBinary row, theirs objects. */
function decoding(): void {
  const json = JSON.parse(
    readFileSync(new URL('../contracts/build/market.abi', import.meta.url), 'utf8'),
  ) as object;
  const wharf = ABI.from(json);
  const bytes = Buffer.from(
    Serializer.encode({ object: { body: movement }, abi: wharf, type: 'logaccept' }).array,
  );
  const write = writer(compile(abiFromJson(json)).codec('logaccept').steps);
  const [from, to] = [new Reader(bytes), new RowBuffer(1 << 20)];
  const abieos = Abieos.getInstance();
  if (!abieos.loadAbi('market', json)) throw new Error('abieos refused the ABI');
  const ours = perSecond(() => {
    if (to.pos > 900_000) to.pos = 0;
    write(from.window(0, bytes.length), to);
  });
  const theirs = perSecond(() => abieos.binToJson('market', 'logaccept', bytes));
  const wharfkit = perSecond(() => Serializer.decode({ data: bytes, abi: wharf, type: 'logaccept' }));
  report('decode logaccept', ours, 'actions/s');
  report('decode logaccept, @eosrio/node-abieos', theirs, 'actions/s');
  report('decode logaccept, @wharfkit/antelope', wharfkit, 'actions/s');
  report('decode against @eosrio/node-abieos', ours / theirs, 'times');
}

type Stream = { readonly url: string; readonly bytes: number; readonly worker: Worker };

async function serve(size: StreamSize): Promise<Stream> {
  const worker = new Worker(new URL('./testing/stream.worker.ts', import.meta.url), { workerData: size });
  const served = await new Promise<{ url: string; bytes: number }>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return { ...served, worker };
}

/** Reads every message and acknowledges it, nothing else: the ceiling of the stream. */
async function readBare(url: string, blocks: number): Promise<number> {
  const connection = await connect(url, new AbortController().signal);
  const start = performance.now();
  connection.send(connection.protocol.blocksRequest({ start: 1, inFlight: 128, have: [] }));
  for (let got = 0, owed = 0; got < blocks;) {
    if (connection.shift() === null) {
      connection.send(connection.protocol.ackRequest(owed));
      owed = 0;
      await connection.wait(5_000);
    } else {
      got++;
      owed++;
    }
  }
  connection.close();
  return performance.now() - start;
}

/** Takes rows and forgets them. */
function discarding(): Sink {
  const done = (): Promise<void> => Promise.resolve();
  return {
    open: () => Promise.resolve({ cursor: null, openIntent: null, epoch: 0, abis: [] }),
    ...{ ensureTable: done, commit: done, appendTail: done, dropTailFrom: done, promoteTail: done },
  };
}

async function catchUp(url: string, blocks: number): Promise<number> {
  const stop = new AbortController();
  const start = performance.now();
  await createIndexer({
    ...{ shipUrls: [url], watched: ['market'], sink: discarding(), signal: stop.signal },
    log: { info: () => undefined, warn: () => undefined },
    onStatus: (status) => {
      if (status.undecoded > 0) throw new Error('the stream must decode');
      if (status.committed === blocks) stop.abort();
    },
  }).run();
  return performance.now() - start;
}

async function catchingUp(name: string, size: StreamSize): Promise<void> {
  const { url, bytes, worker } = await serve(size);
  const actions = 2 * (size.blocks - 2) * size.transactions * size.acts;
  await catchUp(url, size.blocks);
  const bare = await readBare(url, size.blocks);
  const before = process.threadCpuUsage();
  const ours = await catchUp(url, size.blocks);
  const cpu = process.threadCpuUsage(before);
  await worker.terminate();
  report(`catch-up, ${name}`, (actions * 1_000) / ours, 'actions/s');
  report(`catch-up, ${name}, bare reader`, (actions * 1_000) / bare, 'actions/s');
  report(`catch-up, ${name}, of the bare reader`, (100 * bare) / ours, '%');
  // Beside a busy machine's other work, the thread's own processor time tells what the code costs.
  report(`catch-up, ${name}, by processor time`, (actions * 1e6) / (cpu.user + cpu.system), 'actions/s');
  report(`catch-up, ${name}, stream`, bytes / 1_000 / ours, 'MB/s');
}

decoding();
await catchingUp('50 acts and their logs a transaction', { blocks: 4_000, transactions: 1, acts: 50 });
await catchingUp('one act and its log a transaction', { blocks: 4_000, transactions: 50, acts: 1 });
report('resident', process.memoryUsage().rss / 1e6, 'MB');
