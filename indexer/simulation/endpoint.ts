import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { protocolText } from '../testing/sim-chain.ts';
import type { Life, View } from './life.ts';
import { crossingOf } from './manners.ts';
import type { Manners } from './manners.ts';
import { packResult, packStatus, readRequest } from './messages.ts';
import type { Request } from './messages.ts';
import { randomOf } from './random.ts';
import type { Random } from './random.ts';
import { branch } from './sim-block.ts';
import type { SimBlock } from './sim-block.ts';
import { cross } from './wire.ts';

type Client = {
  readonly socket: Duplex;
  readonly stream: WebSocket;
  next: number;
  credits: number;
  /** Messages that the client has not acknowledged. */
  owed: number;
  asked: boolean;
  deltas: boolean;
  /** Asked for its status: told between two messages. */
  asksStatus: boolean;
  busy: boolean;
};

export type Endpoint = {
  readonly url: string;
  /** True when every step of the life was shown. */
  readonly isOver: () => boolean;
  readonly close: () => Promise<void>;
};

/** State history of a chain's life: one view for all clients, credits and acknowledgements, rewinds, and its own misbehaviour. */
export async function startEndpoint(seed: string, life: Life, manners: Manners): Promise<Endpoint> {
  const steps = [...life.steps];
  const sent = new Map<string, number>();
  const clients = new Set<Client>();
  let view: View = life.begin;
  let path = branch(view.head);

  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    sockets.handleUpgrade(request, socket, head, (stream) => {
      greet(stream, socket);
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');

  const at = (blockNum: number): SimBlock | undefined => path[blockNum - 1];
  const libBlock = (): SimBlock => at(view.lib) ?? view.head;

  function greet(stream: WebSocket, socket: Duplex): void {
    const client: Client = {
      ...{ socket, stream, next: 1, credits: 0, owed: 0, asked: false, deltas: false },
      ...{ asksStatus: false, busy: false },
    };
    clients.add(client);
    stream.on('error', () => undefined);
    stream.on('close', () => clients.delete(client));
    stream.on('message', (data: Buffer) => {
      answer(client, readRequest(data));
      void pump(client);
    });
    stream.send(protocolText);
  }

  function answer(client: Client, request: Request): void {
    if (request.kind === 'status') {
      client.asksStatus = true;
    } else if (request.kind === 'acknowledge') {
      client.credits += request.messages;
      client.owed -= request.messages;
    } else {
      const random = randomOf(seed, 'early', request.start, steps.length);
      const early = random.chance(manners.early) ? random.between(1, 4) : 0;
      client.next = Math.max(manners.firstBlock, startOf(request) - early);
      Object.assign(client, { credits: request.credits, owed: 0, asked: true, deltas: request.deltas });
    }
  }

  /** The lowest block that the client has another of, as nodeos finds it. */
  function startOf({ start, have }: Extract<Request, { kind: 'blocks' }>): number {
    const other = have.find(({ blockNum, blockId }) => blockNum < start && at(blockNum)?.blockId !== blockId);
    return Math.min(start, other?.blockNum ?? start);
  }

  /** Sends what can be sent and lets the chain live on where all was sent; one at a time for each client. */
  async function pump(client: Client): Promise<void> {
    if (client.busy) return;
    client.busy = true;
    while (await advance(client));
    client.busy = false;
  }

  async function advance(client: Client): Promise<boolean> {
    if (client.socket.destroyed) return false;
    if (client.asksStatus) {
      client.asksStatus = false;
      client.stream.send(packStatus(view.head, libBlock(), manners.firstBlock));
    }
    if (!client.asked) return false;
    const block = at(client.next);
    if (block !== undefined && client.credits > 0) {
      await send(client, block);
      return true;
    }
    const [step] = steps;
    if (step === undefined) return false;
    if (block !== undefined && !randomOf(seed, 'moves', block.blockId, steps.length).chance(manners.moves))
      return false;
    if (block === undefined && step.when === 'acknowledged' && client.owed > 0) return false;
    steps.shift();
    show(step.view);
    if (step.disconnect) client.stream.terminate();
    for (const other of clients) if (other !== client) void pump(other);
    return true;
  }

  function show(next: View): void {
    const before = path;
    view = next;
    path = branch(view.head);
    let shared = 0;
    while (shared < before.length && before[shared] === path[shared]) shared++;
    for (const client of clients) {
      const skips =
        manners.skips === 'always' || (manners.skips === 'without credit' && client.credits === 0);
      // A chain that only lost its last blocks has nothing else to send.
      if (!skips || path.length < client.next) client.next = Math.min(client.next, shared + 1);
    }
  }

  async function send(client: Client, block: SimBlock): Promise<void> {
    const times = sent.get(block.blockId) ?? 0;
    sent.set(block.blockId, times + 1);
    const random = randomOf(seed, 'send', block.blockId, times);
    client.next++;
    if (manners.silenceMs > 0 && times === 0 && random.chance(0.01)) await silence(manners.silenceMs);
    if (client.credits > 1 && random.chance(manners.nulls)) await put(client, random, times, null);
    await put(client, random, times, block);
    if (client.credits > 0 && times < 3 && random.chance(manners.repeats)) {
      const again = at(block.blockNum - random.below(4));
      if (again !== undefined && again.blockNum >= manners.firstBlock) await put(client, random, 9, again);
    }
  }

  async function put(client: Client, random: Random, times: number, block: SimBlock | null): Promise<void> {
    client.credits--;
    client.owed++;
    const isStale = block !== null && random.chance(manners.stale);
    const head = isStale ? block : view.head;
    const lib = isStale ? (at(Math.max(1, view.lib - random.below(30))) ?? libBlock()) : libBlock();
    const message = packResult(head, lib, block, client.deltas);
    await cross(client.socket, message, crossingOf(manners, random, times));
  }

  const { port } = http.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    isOver: () => steps.length === 0,
    async close() {
      for (const { stream } of clients) stream.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function silence(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
