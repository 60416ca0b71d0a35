import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ABI, Serializer } from '@wharfkit/antelope';
import { abiFromJson } from '../abi/abi.ts';
import type { Abi, Field } from '../abi/abi.ts';
import { compile } from '../abi/compile.ts';
import { encode } from '../abi/encode.ts';
import type { Packable } from '../abi/encode.ts';
import { blockId } from '../blocks/header.ts';
import type { Position } from '../sink/sink.ts';

/** The protocol's description as Leap 4.1 sends it. */
export const protocolText = readFileSync(new URL('./ship.abi.json', import.meta.url), 'utf8');
export const protocolTypes = compile(abiFromJson(JSON.parse(protocolText)));
export const chainId = 'c0'.repeat(32);
export const genesisPrevious = '0'.repeat(64);

/** What an action of a made block is: an act of the contract `shop`, an ABI set for it, or something that must not count. */
export type SimAction =
  | { readonly kind: 'act'; readonly id: number }
  | { readonly kind: 'setabi'; readonly abi: Abi }
  | { readonly kind: 'torn' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'foreign' };

export type SimBlock = Position & {
  readonly previous: SimBlock | null;
  readonly block: Uint8Array;
  readonly traces: Uint8Array | null;
  readonly acts: readonly { readonly id: number; readonly sequence: bigint }[];
  readonly sequence: bigint;
  /** Of `shop`: how many ABIs it had, and the field that acts have beside `id` under the newest. */
  readonly abis: number;
};

export function shopAbi(extra: readonly Field[] = []): Abi {
  return {
    ...{ version: 'eosio::abi/1.1', types: [], tables: [], variants: [] },
    structs: [
      {
        name: 'act',
        base: '',
        fields: [{ name: 'id', type: 'uint64' }, { name: 'note', type: 'string' }, ...extra],
      },
    ],
    actions: [{ name: 'act', type: 'act' }],
  };
}

export function packAbi(abi: Abi): Uint8Array {
  const actions = abi.actions.map((action) => ({ ...action, ricardian_contract: '' }));
  const object = ABI.from({ ...abi, actions } as unknown as Parameters<typeof ABI.from>[0]);
  return Serializer.encode({ object }).array;
}

const shopTypes = compile(shopAbi());
const setabiTypes = compile({
  ...shopAbi(),
  structs: [
    {
      name: 'setabi',
      base: '',
      fields: [
        { name: 'account', type: 'name' },
        { name: 'abi', type: 'bytes' },
      ],
    },
  ],
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

type Sent = { readonly account: string; readonly name: string; readonly data: Uint8Array };

function sent(action: SimAction): Sent {
  switch (action.kind) {
    case 'act':
      return {
        account: 'shop',
        name: 'act',
        data: encode(shopTypes, 'act', { id: action.id, note: `act ${action.id}` }),
      };
    case 'setabi':
      return {
        account: 'eosio',
        name: 'setabi',
        data: encode(setabiTypes, 'setabi', { account: 'shop', abi: packAbi(action.abi) }),
      };
    case 'torn':
      return { account: 'shop', name: 'act', data: Uint8Array.from([1, 2, 3]) };
    case 'failed':
      return { account: 'shop', name: 'act', data: encode(shopTypes, 'act', { id: 0, note: 'failed' }) };
    case 'foreign':
      return { account: 'other', name: 'act', data: Uint8Array.from([9]) };
  }
}

function actionTrace(
  receiver: string,
  action: Sent,
  sequence: bigint,
  abis: number,
  ordinal: number,
): Packable {
  return [
    'action_trace_v1',
    {
      ...{
        action_ordinal: ordinal,
        creator_action_ordinal: ordinal - 1,
        receiver,
        context_free: false,
        elapsed: 12,
        console: '',
      },
      receipt: [
        'action_receipt_v0',
        {
          ...{
            receiver,
            act_digest: sha256(`act ${sequence}`),
            global_sequence: sequence,
            recv_sequence: sequence,
          },
          ...{ auth_sequence: [{ account: 'ann', sequence }], code_sequence: 1, abi_sequence: abis },
        },
      ],
      act: {
        account: action.account,
        name: action.name,
        authorization: [{ actor: 'ann', permission: 'active' }],
        data: action.data,
      },
      ...{ account_ram_deltas: [], except: null, error_code: null, return_value: new Uint8Array(0) },
    },
  ];
}

/** Makes the block after `previous`; `salt` tells branches apart. Every action is notified to `watcher` too. */
export function makeBlock(previous: SimBlock | null, actions: readonly SimAction[], salt: number): SimBlock {
  const blockNum = (previous?.blockNum ?? 0) + 1;
  let sequence = previous?.sequence ?? 0n;
  let abis = previous?.abis ?? 0;
  const acts: { id: number; sequence: bigint }[] = [];
  const traces = actions.map((action, i): Packable => {
    const failed = action.kind === 'failed';
    sequence += failed ? 0n : 1n;
    if (action.kind === 'setabi') abis++;
    if (action.kind === 'act' && abis > 0) acts.push({ id: action.id, sequence });
    const direct = actionTrace(sent(action).account, sent(action), sequence, abis, 1);
    sequence += failed ? 0n : 1n;
    const notified = actionTrace('watcher', sent(action), sequence, abis, 2);
    return [
      'transaction_trace_v0',
      {
        ...{
          id: sha256(`tx ${blockNum} ${i} ${salt}`),
          status: failed ? 1 : 0,
          cpu_usage_us: 100,
          net_usage_words: 10,
        },
        ...{
          elapsed: 100,
          net_usage: 80,
          scheduled: false,
          action_traces: [direct, notified],
          account_ram_delta: null,
        },
        ...{ except: failed ? 'assertion' : null, error_code: null, failed_dtrx_trace: null, partial: null },
      },
    ];
  });
  const header = {
    ...{
      timestamp: 1_700_000_000 + blockNum,
      producer: 'prod',
      confirmed: salt % 65_536,
      previous: previous?.blockId ?? genesisPrevious,
    },
    ...{
      transaction_mroot: sha256(`${salt}`),
      action_mroot: sha256(`${blockNum}`),
      schedule_version: 1,
      new_producers: null,
      header_extensions: [],
    },
  };
  const packed = encode(protocolTypes, 'block_header', header);
  const rest = { producer_signature: '00'.repeat(66), transactions: [], block_extensions: [] };
  return {
    ...{ blockNum, blockId: blockId(packed, blockNum), previous, acts, sequence, abis },
    block: encode(protocolTypes, 'signed_block', { ...header, ...rest }),
    traces: blockNum === 1 ? null : encode(protocolTypes, 'transaction_trace[]', traces),
  };
}

/** A straight chain of `length` blocks with an ABI in block 2 and acts in the others. */
export function straight(length: number, perBlock = 2): SimBlock {
  let id = 0;
  let head = makeBlock(null, [], 0);
  for (let n = 2; n <= length; n++) {
    const actions: SimAction[] = Array.from({ length: perBlock }, () => ({ kind: 'act', id: ++id }));
    head = makeBlock(head, n === 2 ? [{ kind: 'setabi', abi: shopAbi() }, ...actions] : actions, 0);
  }
  return head;
}

/** The branch that ends with `head`, from block 1 on. */
export function branch(head: SimBlock): SimBlock[] {
  const blocks: SimBlock[] = [];
  for (let block: SimBlock | null = head; block !== null; block = block.previous) blocks.push(block);
  return blocks.reverse();
}

/** The `get_blocks_result_v0` frame for a block as the protocol packs it. */
export function blockFrame(
  head: Position,
  lib: Position,
  block: SimBlock,
  change: Readonly<Record<string, Packable>> = {},
): Uint8Array<ArrayBuffer> {
  return encode(protocolTypes, 'result', [
    'get_blocks_result_v0',
    {
      head: position(head),
      last_irreversible: position(lib),
      this_block: position(block),
      prev_block: block.previous === null ? null : position(block.previous),
      block: block.block,
      traces: block.traces,
      deltas: noDeltas,
      ...change,
    },
  ]);
}

const noDeltas = Uint8Array.of(0);

export function position({ blockNum, blockId: id }: Position): Packable {
  return { block_num: blockNum, block_id: id };
}
