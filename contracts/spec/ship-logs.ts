import { ABI, Serializer } from '@wharfkit/antelope';
import { WebSocket } from 'ws';
import type { Receipt } from '../chain/driver.ts';
import { CONTRACTS, builtContract } from '../built.ts';

/** An action of a transaction as the chain executed it, inline ones too; data by the contract's ABI. */
export type Traced = {
  readonly account: string;
  readonly name: string;
  readonly authorization: readonly { readonly actor: string; readonly permission: string }[];
  readonly data: Record<string, unknown>;
};

type ActionTrace = {
  receiver: string;
  act: { account: string; name: string; authorization: Traced['authorization']; data: string };
};
type TransactionTrace = { id: string; action_traces: [string, ActionTrace][] };

const abis = new Map<string, ABI>(
  CONTRACTS.map((name) => [name, ABI.from(builtContract(name).abi as ABI.Def)]),
);
const WAIT_MS = 10_000;

/**
 * The contracts' actions of one transaction in order of execution, from the traces that the chain's state history
 * serves at `url` (ws://…). Throws when the block's traces do not come in ten seconds.
 */
export async function tracedActions(url: string, receipt: Receipt): Promise<Traced[]> {
  const { abi, result } = await blockTraces(url, receipt.blockNum);
  const traces = Serializer.objectify(
    Serializer.decode({ data: result, type: 'transaction_trace[]', abi }),
  ) as [string, TransactionTrace][];
  const ours = traces.find(([, { id }]) => id === receipt.transactionId);
  if (ours === undefined)
    throw new Error(`transaction ${receipt.transactionId} expected in block ${receipt.blockNum}`);
  return ours[1].action_traces.map(([, { act }]) => traced(act));
}

function traced({ account, name, authorization, data }: ActionTrace['act']): Traced {
  const abi = abis.get(account);
  if (abi === undefined)
    throw new Error(`an action of ${CONTRACTS.join(' or ')} expected, came ${account}::${name}`);
  const decoded = Serializer.objectify(Serializer.decode({ data, type: name, abi })) as Traced['data'];
  return { account, name, authorization, data: decoded };
}

/** Asks for a single block; the first frame is the protocol's ABI, the second the block. */
async function blockTraces(url: string, block: number): Promise<{ abi: ABI; result: string }> {
  const socket = new WebSocket(url);
  const timer = setTimeout(() => {
    socket.terminate();
  }, WAIT_MS);
  try {
    const frames = framesOf(socket);
    const abi = ABI.from(String((await frames.next()).value));
    socket.send(
      Serializer.encode({ object: ['get_blocks_request_v0', requestFor(block)], type: 'request', abi }).array,
    );
    const data = (await frames.next()).value;
    const [, { traces }] = Serializer.objectify(
      Serializer.decode({ data: new Uint8Array(data), type: 'result', abi }),
    ) as [string, { traces: string | null }];
    if (traces === null) throw new Error(`traces of block ${block} expected from ${url}, there are none`);
    return { abi, result: traces };
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}

const requestFor = (block: number) => ({
  start_block_num: block,
  end_block_num: block + 1,
  max_messages_in_flight: 1,
  have_positions: [],
  irreversible_only: false,
  fetch_block: false,
  fetch_traces: true,
  fetch_deltas: false,
});

/** Messages in order; ends with an error when the socket closes. */
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
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}
