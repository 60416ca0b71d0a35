import { abiFromJson } from '../abi/abi.ts';
import { compile } from '../abi/compile.ts';
import type { Types } from '../abi/compile.ts';
import { encode } from '../abi/encode.ts';
import { Reader } from '../abi/reader.ts';
import { AbiError, DecodeError, FatalError } from '../errors.ts';
import type { Position } from '../sink/sink.ts';
import { project, projectVariant } from './project.ts';

/** A part of a message: where its bytes lie, null when the endpoint sent none. */
export type Span = { readonly at: number; readonly end: number };

/** A block as the endpoint sent it; spans point into `bytes`, the whole message. */
export type BlockMessage = {
  readonly kind: 'block';
  readonly head: Position;
  readonly lib: Position;
  /** Null when the endpoint only tells its head and finality. */
  readonly position: Position | null;
  readonly previous: Position | null;
  readonly bytes: Uint8Array;
  readonly block: Span | null;
  readonly traces: Span | null;
  /** Changed rows of the chain's tables; null also where they were not asked for. */
  readonly deltas: Span | null;
};

export type StatusMessage = {
  readonly kind: 'status';
  readonly head: Position;
  readonly lib: Position;
  /** First block whose traces the endpoint has. */
  readonly traceBegin: number;
  readonly chainId: string | null;
};

export type Message = BlockMessage | StatusMessage;

export type BlocksRequest = {
  readonly start: number;
  /** The first block not wanted; without it the stream goes on for ever. */
  readonly end?: number;
  readonly inFlight: number;
  readonly have: readonly Position[];
  /** Whether blocks come with the changed rows of the chain's tables; false unless told. */
  readonly deltas?: boolean;
};

export type Protocol = {
  readonly types: Types;
  read(bytes: Uint8Array): Message;
  blocksRequest(request: BlocksRequest): Uint8Array<ArrayBuffer>;
  ackRequest(messages: number): Uint8Array<ArrayBuffer>;
  statusRequest(): Uint8Array<ArrayBuffer>;
};

const nowhere: Position = { blockNum: 0, blockId: '' };

function position(from: Reader): Position {
  const blockNum = from.u32('block_position');
  const at = from.take(32, 'block_position');
  const blockId = Buffer.from(from.bytes.buffer, from.bytes.byteOffset + at, 32).toString('hex');
  return { blockNum, blockId };
}

function span(from: Reader): Span | null {
  if (!from.flag('bytes?')) return null;
  const at = from.blob('bytes');
  return { at, end: from.pos };
}

/** Two readers that fill one record each; the record is copied out by `createProtocol`. */
function resultReader(types: Types): (from: Reader) => Message {
  let kind: Message['kind'] = 'status';
  let [head, lib, at, previous]: [Position, Position, Position | null, Position | null] = [
    nowhere,
    nowhere,
    null,
    null,
  ];
  let [block, traces, deltas]: [Span | null, Span | null, Span | null] = [null, null, null];
  let traceBegin = 0;
  let chainId: string | null = null;
  const both = {
    head: ['block_position', (from: Reader) => void (head = position(from))],
    last_irreversible: ['block_position', (from: Reader) => void (lib = position(from))],
  } as const;
  const maybePosition = (from: Reader): Position | null =>
    from.flag('block_position?') ? position(from) : null;

  const read = projectVariant(types, 'result', (name) => {
    if (name.startsWith('get_blocks_result_')) {
      const body = project(types, name, {
        ...both,
        this_block: ['block_position?', (from) => void (at = maybePosition(from))],
        prev_block: ['block_position?', (from) => void (previous = maybePosition(from))],
        block: ['bytes?', (from) => void (block = span(from))],
        traces: ['bytes?', (from) => void (traces = span(from))],
        deltas: ['bytes?', (from) => void (deltas = span(from))],
      });
      return (from) => {
        kind = 'block';
        body(from);
      };
    }
    const tellsChain = types.fields(name).some((field) => field.name === 'chain_id');
    const chain = types.codec('checksum256$');
    const body = project(types, name, {
      ...both,
      trace_begin_block: ['uint32', (from) => void (traceBegin = from.u32())],
      ...(tellsChain && {
        chain_id: ['checksum256$', (from: Reader) => void (chainId = chain.decode(from) as string | null)],
      }),
    });
    return (from) => {
      kind = 'status';
      chainId = null;
      body(from);
    };
  });

  return (from) => {
    read(from);
    if (from.pos !== from.end) from.fail('result', `${from.end - from.pos} bytes too many`);
    if (kind === 'status') return { kind, head, lib, traceBegin, chainId };
    return { kind, head, lib, position: at, previous, bytes: from.bytes, block, traces, deltas };
  };
}

/**
 * The protocol as the endpoint's first frame describes it. Throws FatalError when that text is no ABI of state history;
 * `read` throws FatalError on a message that does not hold what the ABI says.
 */
export function createProtocol(abiText: string): Protocol {
  const { types, read } = understood(abiText);
  const request = (name: string, body: Parameters<typeof encode>[2]): Uint8Array<ArrayBuffer> =>
    encode(types, 'request', [name, body]);
  return {
    types,
    read(bytes) {
      try {
        return read(new Reader(bytes));
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        throw new FatalError(`a torn or foreign message of ${bytes.length} bytes: ${error.message}`, {
          cause: error,
        });
      }
    },
    blocksRequest: ({ start, end = 0xffffffff, inFlight, have, deltas = false }) =>
      request('get_blocks_request_v0', {
        start_block_num: start,
        end_block_num: end,
        max_messages_in_flight: inFlight,
        have_positions: have.map(({ blockNum, blockId }) => ({ block_num: blockNum, block_id: blockId })),
        irreversible_only: false,
        fetch_block: true,
        fetch_traces: true,
        fetch_deltas: deltas,
      }),
    ackRequest: (messages) => request('get_blocks_ack_request_v0', { num_messages: messages }),
    statusRequest: () => request('get_status_request_v0', {}),
  };
}

function understood(abiText: string): { types: Types; read: (from: Reader) => Message } {
  try {
    const types = compile(abiFromJson(JSON.parse(abiText)));
    return { types, read: resultReader(types) };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof AbiError)) throw error;
    const shown = abiText.slice(0, 60).replaceAll('\n', ' ');
    throw new FatalError(`expected the protocol's ABI as the endpoint's first frame, got '${shown}'`, {
      cause: error,
    });
  }
}
