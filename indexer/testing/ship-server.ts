import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { encode } from '../abi/encode.ts';
import type { Json } from '../abi/codec.ts';
import { Reader } from '../abi/reader.ts';
import { blockFrame, branch, chainId, position, protocolText, protocolTypes } from './sim-chain.ts';
import type { SimBlock } from './sim-chain.ts';

/** What the server says; a step of a script returns the next. */
export type View = { readonly head: SimBlock; readonly lib: number };

/** A change of view, or a misdeed: closing the stream, bytes sent as they are. */
export type Step = { readonly view?: View; readonly disconnect?: boolean; readonly frame?: Uint8Array };

export type ShipServerOptions = {
  readonly view: View;
  /** Taken one by one, each when the client has all there is. */
  readonly script?: readonly Step[];
  readonly chain?: string;
  /** May change or cut what is sent. */
  readonly tamper?: (frame: Uint8Array, block: SimBlock) => Uint8Array;
  readonly description?: string;
};

type Request = readonly [string, { readonly [field: string]: Json }];

const requestCodec = protocolTypes.codec('request');

/** State history in small: one chain view for all clients, credits and acknowledgements, rewinds, have_positions. */
export async function startShipServer(options: ShipServerOptions) {
  const script = [...(options.script ?? [])];
  let view = options.view;
  let path = branch(view.head);
  const clients = new Set<Client>();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');

  type Client = { readonly socket: WebSocket; next: number; credits: number; asked: boolean };

  function at(blockNum: number): SimBlock | undefined {
    return path[blockNum - 1];
  }

  function libBlock(): SimBlock {
    return at(view.lib) ?? view.head;
  }

  function show(next: View): void {
    const before = path;
    view = next;
    path = branch(view.head);
    let shared = 0;
    while (shared < before.length && before[shared] === path[shared]) shared++;
    for (const client of clients) {
      if (client.asked) client.next = Math.min(client.next, shared + 1);
    }
  }

  function pump(client: Client): void {
    while (client.asked && client.socket.readyState === client.socket.OPEN) {
      const block = at(client.next);
      if (block !== undefined && client.credits > 0) {
        client.credits--;
        client.next++;
        const frame = blockFrame(view.head, libBlock(), block);
        client.socket.send(options.tamper?.(frame, block) ?? frame);
      } else if (block === undefined) {
        const step = script.shift();
        if (step === undefined) return;
        take(step, client);
      } else return;
    }
  }

  function take(step: Step, client: Client): void {
    if (step.view !== undefined) show(step.view);
    if (step.frame !== undefined) client.socket.send(step.frame);
    if (step.disconnect === true) client.socket.terminate();
    else for (const other of clients) if (other !== client) pump(other);
  }

  function status(): Uint8Array {
    return encode(protocolTypes, 'result', [
      'get_status_result_v0',
      {
        ...{ head: position(view.head), last_irreversible: position(libBlock()), trace_begin_block: 1 },
        ...{
          trace_end_block: path.length + 1,
          chain_state_begin_block: 1,
          chain_state_end_block: path.length + 1,
        },
        chain_id: options.chain ?? chainId,
      },
    ]);
  }

  function startOf(body: Request[1]): number {
    const have = body['have_positions'] as readonly {
      readonly block_num: number;
      readonly block_id: string;
    }[];
    let start = body['start_block_num'] as number;
    for (const { block_num, block_id } of have) {
      if (block_num < (body['start_block_num'] as number) && at(block_num)?.blockId !== block_id)
        start = Math.min(start, block_num);
    }
    return start;
  }

  function answer(client: Client, bytes: Uint8Array): void {
    const [kind, body] = requestCodec.decode(new Reader(bytes)) as unknown as Request;
    if (kind === 'get_status_request_v0') client.socket.send(status());
    else if (kind === 'get_blocks_ack_request_v0') client.credits += body['num_messages'] as number;
    else {
      client.next = startOf(body);
      client.credits = body['max_messages_in_flight'] as number;
      client.asked = true;
    }
    pump(client);
  }

  server.on('connection', (socket) => {
    const client: Client = { socket, next: 1, credits: 0, asked: false };
    clients.add(client);
    socket.on('error', () => undefined);
    socket.on('close', () => clients.delete(client));
    socket.on('message', (data: Buffer) => {
      answer(client, data);
    });
    socket.send(options.description ?? protocolText);
  });

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return {
    url: `ws://127.0.0.1:${address.port}`,
    /** Changes the view now, for all clients. */
    show(next: View): void {
      show(next);
      for (const client of clients) pump(client);
    },
    connections: () => clients.size,
    /** Ends all connections. */
    disconnect(): void {
      for (const { socket } of clients) socket.terminate();
    },
    isScriptDone: () => script.length === 0,
    async close(): Promise<void> {
      for (const { socket } of clients) socket.terminate();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
