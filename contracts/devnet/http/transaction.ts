import type { ABI } from '@wharfkit/antelope';
import { Serializer } from '@wharfkit/antelope';
import { parseSignature, signatureText } from '../../chain/keys.ts';
import { nameText } from '../bytes/name.ts';
import { Reader } from '../bytes/reader.ts';
import { Writer } from '../bytes/writer.ts';
import type { PackedAction } from '../chain/action.ts';
import { timeText } from '../chain/block.ts';
import { ChainFault } from '../chain/fault.ts';
import { readPacked } from '../chain/transaction.ts';
import type { PushResult } from '../devnet.ts';
import type { ActionTrace } from '../host/trace.ts';
import type { Fields } from './fields.ts';

export type AbiOf = (account: string) => ABI;

const COMPRESSIONS = new Map<unknown, number>([
  [undefined, 0],
  [0, 0],
  [false, 0],
  ['none', 0],
  [1, 1],
  [true, 1],
  ['zlib', 1],
]);

/** Bytes of the packed_transaction that a request's JSON describes. */
export function packFields(fields: Fields): Buffer {
  const { signatures, packed_trx: trx, packed_context_free_data: free = '' } = fields;
  if (Object.keys(fields).length === 0)
    throw new ChainFault('invalid_http_request', 'A Request body is required');
  const missing =
    signatures === undefined ? 'signatures' : trx === undefined || trx === '' ? 'transaction' : '';
  if (missing !== '') throw new ChainFault('packed_transaction_type_exception', `Missing ${missing}`);
  try {
    const compression = COMPRESSIONS.get(fields['compression']);
    if (compression === undefined)
      throw new Error(`expected compression none or zlib, got ${JSON.stringify(fields['compression'])}`);
    if (!Array.isArray(signatures)) throw new Error('expected a list of signatures');
    const writer = new Writer(1024).varuint(signatures.length);
    for (const signature of signatures) writer.u8(0).raw(parseSignature(String(signature)));
    return writer
      .u8(compression)
      .blob(hexBytes(free, 'packed_context_free_data'))
      .blob(hexBytes(trx, 'packed_trx'))
      .take();
  } catch (error) {
    throw new ChainFault(
      'packed_transaction_type_exception',
      'Invalid packed transaction',
      (error as Error).message,
    );
  }
}

const HEX = /^(?:[0-9a-fA-F]{2})*$/;

function hexBytes(value: unknown, what: string): Buffer {
  if (typeof value !== 'string' || !HEX.test(value))
    throw new Error(`expected ${what} as hexadecimal digits, two a byte`);
  return Buffer.from(value, 'hex');
}

/** An action as JSON; its data stays hex where the ABI does not fit. */
export function actionJson(act: PackedAction, abiOf: AbiOf): Record<string, unknown> {
  const [account, name] = [nameText(act.account), nameText(act.name)];
  const data = Buffer.from(act.data).toString('hex');
  const base = {
    account,
    name,
    authorization: act.authorization.map(({ actor, permission }) => ({
      actor: nameText(actor),
      permission: nameText(permission),
    })),
  };
  try {
    const abi = abiOf(account);
    const type = abi.getActionType(name);
    if (type !== undefined)
      return {
        ...base,
        data: Serializer.objectify(Serializer.decode({ data: act.data, type, abi })),
        hex_data: data,
      };
  } catch {
    // Bytes that do not fit the present ABI are shown as they are.
  }
  return { ...base, data };
}

/** The answer to a push: nodeos' transaction_trace. */
export function traceJson(result: PushResult, abiOf: AbiOf): Record<string, unknown> {
  const { id, blockNum, blockTimeMs, cpuUs, netUsage } = result;
  const action = (trace: ActionTrace): Record<string, unknown> => ({
    action_ordinal: trace.ordinal,
    creator_action_ordinal: trace.creator,
    closest_unnotified_ancestor_action_ordinal:
      trace.creator === 0 ? 0 : trace.original === trace.ordinal ? trace.creator : trace.original,
    receipt: receiptJson(trace),
    receiver: nameText(trace.receiver),
    act: actionJson(trace.act, abiOf),
    context_free: false,
    elapsed: trace.cpuUs,
    console: trace.console,
    trx_id: id,
    block_num: blockNum,
    block_time: timeText(blockTimeMs),
    producer_block_id: null,
    account_ram_deltas: [...trace.ramDeltas]
      .filter(([, delta]) => delta !== 0)
      .map(([account, delta]) => ({ account: nameText(account), delta })),
    except: null,
    error_code: null,
    return_value_hex_data: '',
  });
  return {
    id,
    block_num: blockNum,
    block_time: timeText(blockTimeMs),
    producer_block_id: null,
    receipt: { status: 'executed', cpu_usage_us: cpuUs, net_usage_words: netUsage / 8 },
    elapsed: cpuUs,
    net_usage: netUsage,
    scheduled: false,
    action_traces: result.traces.map(action),
    account_ram_delta: null,
    except: null,
    error_code: null,
  };
}

function receiptJson({ receipt }: ActionTrace): unknown {
  if (receipt === undefined) return null;
  return {
    receiver: nameText(receipt.receiver),
    act_digest: receipt.actDigest.toString('hex'),
    global_sequence: receipt.globalSequence,
    recv_sequence: receipt.recvSequence,
    auth_sequence: receipt.authSequence.map(([account, sequence]) => [nameText(account), sequence]),
    code_sequence: receipt.codeSequence,
    abi_sequence: receipt.abiSequence,
  };
}

/** A block's transaction as get_block shows it. */
export function blockTransactionJson(packed: Uint8Array, abiOf: AbiOf): Record<string, unknown> {
  const { id, transaction, signatures, packedTrx } = readPacked(packed);
  const reader = new Reader(packed);
  reader.list(() => reader.raw(66));
  const compression = reader.u8() === 0 ? 'none' : 'zlib';
  return {
    id: id.toString('hex'),
    signatures: signatures.map(signatureText),
    compression,
    packed_context_free_data: '',
    context_free_data: [],
    packed_trx: Buffer.from(packedTrx).toString('hex'),
    transaction: {
      expiration: timeText(transaction.expiration * 1000).slice(0, 19),
      ref_block_num: transaction.refBlockNum,
      ref_block_prefix: transaction.refBlockPrefix,
      max_net_usage_words: transaction.maxNetUsageWords,
      max_cpu_usage_ms: transaction.maxCpuUsageMs,
      delay_sec: transaction.delaySeconds,
      context_free_actions: [],
      actions: transaction.actions.map((act) => actionJson(act, abiOf)),
    },
  };
}
