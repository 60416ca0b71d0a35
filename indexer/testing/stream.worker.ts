import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { WebSocketServer } from 'ws';
import { ABI, Serializer } from '@wharfkit/antelope';
import { encode } from '../abi/encode.ts';
import type { Packable } from '../abi/encode.ts';
import type { Json } from '../abi/codec.ts';
import { Reader } from '../abi/reader.ts';
import { blockFrame, chainId, makeBlock, position, protocolText, protocolTypes } from './sim-chain.ts';
import type { SimBlock } from './sim-chain.ts';
import { movement } from './movement.ts';

/** How much to serve: blocks, transactions a block, acts a transaction (each with its log). */
export type StreamSize = { readonly blocks: number; readonly transactions: number; readonly acts: number };

const { blocks, transactions, acts } = workerData as StreamSize;
const marketJson: unknown = JSON.parse(
  readFileSync(new URL('../../contracts/build/market.abi', import.meta.url), 'utf8'),
);
const marketAbi = ABI.from(marketJson as Parameters<typeof ABI.from>[0]);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function trace(
  account: string,
  name: string,
  data: Uint8Array,
  ordinal: number,
  creator: number,
  sequence: number,
): Packable {
  const counts = { global_sequence: sequence, recv_sequence: sequence, code_sequence: 1, abi_sequence: 1 };
  return [
    'action_trace_v1',
    {
      ...{
        action_ordinal: ordinal,
        creator_action_ordinal: creator,
        receiver: account,
        context_free: false,
        elapsed: 50,
        console: '',
      },
      receipt: [
        'action_receipt_v0',
        {
          ...counts,
          receiver: account,
          act_digest: sha256(name),
          auth_sequence: [{ account: 'anna', sequence: 1 }],
        },
      ],
      act: { account, name, authorization: [{ actor: 'anna', permission: 'active' }], data },
      ...{ account_ram_deltas: [], except: null, error_code: null, return_value: new Uint8Array(0) },
    },
  ];
}

function transaction(index: number, traces: readonly Packable[]): Packable {
  return [
    'transaction_trace_v0',
    {
      ...{
        id: sha256(`tx ${index}`),
        status: 0,
        cpu_usage_us: 100,
        net_usage_words: 10,
        elapsed: 100,
        net_usage: 80,
        scheduled: false,
      },
      ...{
        action_traces: traces,
        account_ram_delta: null,
        except: null,
        error_code: null,
        failed_dtrx_trace: null,
        partial: null,
      },
    },
  ];
}

/** One block's traces, the same in every block: acts `accept` and their `logaccept`. */
function packedTraces(): Uint8Array {
  const body = Serializer.encode({ object: { body: movement }, abi: marketAbi, type: 'logaccept' }).array;
  const act = Serializer.encode({ object: { ...movement }, abi: marketAbi, type: 'movement' }).array;
  const list = Array.from({ length: transactions }, (_, t) =>
    transaction(
      t,
      Array.from({ length: acts }, (__, a) => [
        // The act itself is of another contract, so that exactly its log is decoded, as a fact's log is.
        trace('caller', 'accept', act, a + 1, 0, 2 * a + 1),
      ])
        .flat()
        .concat(
          Array.from({ length: acts }, (__, a) =>
            trace('market', 'logaccept', body, acts + a + 1, a + 1, 2 * a + 2),
          ),
        ),
    ),
  );
  return encode(protocolTypes, 'transaction_trace[]', list);
}

/** Block 2: sets the market's ABI. */
function abiTraces(): Uint8Array {
  const abi = Serializer.encode({ object: marketAbi }).array;
  const data = Serializer.encode({ object: abi, type: 'bytes' }).array;
  const account = Serializer.encode({ object: 'market', type: 'name' }).array;
  return encode(protocolTypes, 'transaction_trace[]', [
    transaction(0, [trace('eosio', 'setabi', Uint8Array.from([...account, ...data]), 1, 0, 1)]),
  ]);
}

function frames(): Uint8Array[] {
  const usual = packedTraces();
  const chain: SimBlock[] = [];
  let previous: SimBlock | null = null;
  for (let n = 1; n <= blocks; n++) {
    const made: SimBlock = makeBlock(previous, [], 0);
    chain.push(n === 1 ? made : { ...made, traces: n === 2 ? abiTraces() : usual });
    previous = made;
  }
  const head = chain.at(-1) as SimBlock;
  return chain.map((block) => blockFrame(head, head, block));
}

const all = frames();
const requestCodec = protocolTypes.codec('request');
const at = { block_num: blocks, block_id: sha256('head') };
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  let [next, credits] = [Number.POSITIVE_INFINITY, 0];
  socket.send(protocolText);
  socket.on('message', (data: Buffer) => {
    const [kind, body] = requestCodec.decode(new Reader(data)) as unknown as [
      string,
      { [field: string]: Json },
    ];
    if (kind === 'get_status_request_v0') {
      const ends = {
        trace_begin_block: 1,
        trace_end_block: blocks + 1,
        chain_state_begin_block: 1,
        chain_state_end_block: 1,
      };
      const where = position({ blockNum: at.block_num, blockId: at.block_id });
      socket.send(
        encode(protocolTypes, 'result', [
          'get_status_result_v0',
          { head: where, last_irreversible: where, ...ends, chain_id: chainId },
        ]),
      );
    } else if (kind === 'get_blocks_ack_request_v0') credits += body['num_messages'] as number;
    else {
      next = body['start_block_num'] as number;
      credits = body['max_messages_in_flight'] as number;
    }
    for (; credits > 0 && next <= blocks; next++, credits--) socket.send(all[next - 1] as Uint8Array);
  });
});
server.on('listening', () => {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('expected a port');
  const bytes = all.reduce((sum, frame) => sum + frame.length, 0);
  parentPort?.postMessage({ url: `ws://127.0.0.1:${address.port}`, bytes });
});
