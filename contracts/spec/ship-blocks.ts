import { ABI, Serializer } from '@wharfkit/antelope';
import { WebSocket } from 'ws';

type Part = 'block' | 'traces' | 'deltas';
type Result = { this_block: { block_num: number } | null } & Record<Part, string | null>;

/** A block as a chain's state history tells it; its parts are hex, to be read by the protocol's ABI. */
export type ShipBlock = { readonly num: number } & Readonly<Record<Part, string>>;
export type ShipBlocks = { readonly protocol: ABI; readonly blocks: AsyncGenerator<ShipBlock> };

const WAIT_MS = 10_000;

/**
 * Blocks `first` to `last` from the state history at `url` (ws://…). Throws when the server closes, or says nothing for ten
 * seconds. To be read to its end, which closes the connection.
 */
export async function shipBlocks(
  url: string,
  first: number,
  last: number,
  parts: readonly Part[],
): Promise<ShipBlocks> {
  const socket = new WebSocket(url);
  const frames = framesOf(socket);
  const protocol = ABI.from(String((await frames.next()).value));
  const request = requestFor(first, last, parts);
  socket.send(Serializer.encode({ object: request, type: 'request', abi: protocol }).array);
  async function* blocks(): AsyncGenerator<ShipBlock> {
    try {
      for (let num = first; num <= last; num++) {
        const data = new Uint8Array((await frames.next()).value);
        const [, result] = Serializer.objectify(
          Serializer.decode({ data, type: 'result', abi: protocol }),
        ) as [string, Result];
        if (result.this_block?.block_num !== num)
          throw new Error(
            `block ${String(num)} expected from ${url}, came ${JSON.stringify(result.this_block)}`,
          );
        yield { num, block: result.block ?? '', traces: result.traces ?? '', deltas: result.deltas ?? '' };
      }
    } finally {
      socket.close();
    }
  }
  return { protocol, blocks: blocks() };
}

const requestFor = (first: number, last: number, parts: readonly Part[]) => [
  'get_blocks_request_v0',
  {
    start_block_num: first,
    end_block_num: last + 1,
    max_messages_in_flight: last - first + 1,
    have_positions: [],
    irreversible_only: false,
    fetch_block: parts.includes('block'),
    fetch_traces: parts.includes('traces'),
    fetch_deltas: parts.includes('deltas'),
  },
];

/** Messages in order; ends with an error when the socket closes, or is silent for too long. */
async function* framesOf(socket: WebSocket): AsyncGenerator<Buffer, never> {
  const queue: Buffer[] = [];
  let wake: () => void = () => undefined;
  let ended: Error | undefined;
  socket.on('message', (data) => {
    queue.push(data as Buffer);
    wake();
  });
  socket.on('error', (error) => {
    ended = error;
  });
  socket.on('close', (code) => {
    ended ??= new Error(`state history closed the connection (${code}) before it answered`);
    wake();
  });
  for (;;) {
    const frame = queue.shift();
    if (frame !== undefined) yield frame;
    else if (ended !== undefined) throw ended;
    else await something();
  }

  async function something(): Promise<void> {
    const timer = setTimeout(() => {
      ended = new Error(`an answer of the state history expected within ${WAIT_MS / 1000} s, came none`);
      socket.terminate();
      wake();
    }, WAIT_MS);
    await new Promise<void>((resolve) => (wake = resolve));
    clearTimeout(timer);
  }
}
