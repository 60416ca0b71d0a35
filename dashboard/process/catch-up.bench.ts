import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import WebSocket from 'ws';
import { builtContract } from '../../contracts/built.ts';
import { httpDriver } from '../../contracts/chain/http.ts';
import { developmentKey } from '../../contracts/chain/system.ts';
import { startNodeos } from '../../contracts/nodeos/nodeos.ts';
import { connect } from '../../indexer/ship/connection.ts';
import { openWarehouse } from '../../warehouse/open.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { readConfig } from '../../zakroma.config.ts';
import { startZakroma } from './start.ts';
import { loadProtocol, plainPipeline } from './testing/plain-pipeline.ts';
import { prepareRelay, relayed } from './testing/relay.ts';

/**
 * Catch-up from a real node's stream into decoded tables with every model live, as the installation does it, beside a bare reader and a
 * plain pipeline of the same stream. `node dashboard/process/catch-up.bench.ts [acts [acts of the chain of one act a transaction]]`.
 */
const [many = 200_000, single = 40_000] = process.argv.slice(2).map(Number);
const CLIENTS = 16;

function figure(name: string, value: number, unit: string): void {
  console.log(JSON.stringify({ name, value: Number(value.toPrecision(4)), unit }));
}

type Stream = { readonly httpUrl: string; readonly shipUrl: string; readonly last: number };

/** Sends the acts, so many a transaction; resolves with the last block of them when it is final. */
async function fill(httpUrl: string, acts: number, each: number): Promise<number> {
  const driver = httpDriver({ url: httpUrl, settle: 'accepted' });
  await prepareRelay(driver);
  let [first, last] = [1, 0];
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (first <= acts) {
        const from = first;
        first += each;
        const { blockNum } = await driver.transact(relayed(from, Math.min(each, acts - from + 1)), [
          developmentKey,
        ]);
        last = Math.max(last, blockNum);
      }
    }),
  );
  while ((await driver.info()).lastIrreversibleBlockNum <= last) await sleep(200);
  await driver.close();
  return last + 1;
}

/** Reads every message and acknowledges it, nothing else: the ceiling of the stream. Resolves with ms and bytes. */
async function readBare({ shipUrl, last }: Stream): Promise<{ ms: number; bytes: number }> {
  const connection = await connect(shipUrl, new AbortController().signal);
  const start = performance.now();
  connection.send(connection.protocol.blocksRequest({ start: 1, inFlight: 128, have: [] }));
  let bytes = 0;
  for (let [got, owed] = [0, 0]; got < last;) {
    const frame = connection.shift();
    if (frame === null) {
      connection.send(connection.protocol.ackRequest(owed));
      owed = 0;
      await connection.wait(5_000);
    } else {
      got += 1;
      owed += 1;
      bytes += frame.length;
    }
  }
  connection.close();
  return { ms: performance.now() - start, bytes };
}

type Caught = {
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly bytesAnAction: number;
};

/** An empty installation on the node, from the chain's answer to the commit of the last block. */
async function catchUp({ httpUrl, shipUrl, last }: Stream, acts: number): Promise<Caught> {
  const folder = await mkdtemp(join(tmpdir(), 'zakroma-catch-up-'));
  const env = { ZAKROMA_DATA: folder, ZAKROMA_PORT: '0', ZAKROMA_CHAIN: httpUrl, ZAKROMA_SHIP_URL: shipUrl };
  const failed = Promise.withResolvers<never>();
  const zakroma = await startZakroma(readConfig(env, []), {
    log: pino({ level: 'silent' }),
    onFailure: (message) => {
      failed.reject(new Error(message));
    },
  });
  try {
    await zakroma.chain;
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    let peak = 0;
    const done = (async () => {
      while (zakroma.status().indexer.committed < last) {
        peak = Math.max(peak, process.memoryUsage.rss());
        await sleep(10);
      }
    })();
    await Promise.race([done, failed.promise]);
    const ms = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    const bytesAnAction = (await settled(zakroma.warehouse, acts)) / (2 * acts);
    return { ms, cpuMs: (user + system) / 1000, peakMb: peak / 1e6, bytesAnAction };
  } finally {
    await zakroma.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bytes on disk of the decoded tables after merges. Throws where an act is missing. */
async function settled(warehouse: Warehouse, acts: number): Promise<number> {
  const [found] = await warehouse.query<{ flows: string; logs: string }>(
    'select (select count() from fact.flow) as flows, (select uniqExact(body.act_id) from chain.market_logaccept) as logs',
  );
  if (Number(found?.flows) !== acts || Number(found?.logs) !== acts)
    throw new Error(`${acts} acts expected, found ${JSON.stringify(found)}`);
  for (const table of ['action', 'market_logaccept'])
    await warehouse.command(`optimize table chain.${table} final`);
  const [size] = await warehouse.query<{ bytes: string }>(
    "select sum(bytes_on_disk) as bytes from system.parts where database = 'chain' and active",
  );
  return Number(size?.bytes ?? 0);
}

async function plain({ shipUrl, last }: Stream): Promise<number> {
  const socket = new WebSocket(shipUrl);
  const [description] = (await once(socket, 'message')) as [Buffer];
  socket.terminate();
  loadProtocol(JSON.parse(description.toString()) as object);
  const folder = await mkdtemp(join(tmpdir(), 'zakroma-plain-'));
  const warehouse = await openWarehouse({ path: folder });
  const abi = builtContract('market').abi as object;
  const ms = await plainPipeline(shipUrl, last, { warehouse, account: 'market', abi });
  await warehouse.close();
  await rm(folder, { recursive: true, force: true });
  return ms;
}

async function measure(name: string, acts: number, each: number): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'zakroma-node-bench-'));
  const node = await startNodeos({ dir });
  try {
    const last = await fill(node.httpUrl, acts, each);
    const stream = { httpUrl: node.httpUrl, shipUrl: node.shipUrl, last };
    const actions = 2 * acts;
    await readBare(stream);
    const bare = await readBare(stream);
    figure(`${name}: stream of ${actions} actions`, bare.bytes / 1e6, 'MB');
    figure(`${name}: bare reader`, (actions * 1000) / bare.ms, 'actions/s');
    const ours = await catchUp(stream, acts);
    figure(`${name}: into decoded tables, every model live`, (actions * 1000) / ours.ms, 'actions/s');
    figure(`${name}: of the bare reader`, (100 * bare.ms) / ours.ms, '%');
    figure(`${name}: by processor time of the process`, (actions * 1000) / ours.cpuMs, 'actions/CPU s');
    figure(`${name}: peak memory of the process`, ours.peakMb, 'MB');
    figure(`${name}: on disk after merges`, ours.bytesAnAction, 'bytes an action');
    const theirs = await plain(stream);
    figure(`${name}: node-abieos and JSONEachRow`, (actions * 1000) / theirs, 'actions/s');
    figure(`${name}: against node-abieos and JSONEachRow`, theirs / ours.ms, 'times');
  } finally {
    await node.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

await measure('100 acts a transaction', many, 100);
await measure('one act a transaction', single, 1);
process.exit(0);
