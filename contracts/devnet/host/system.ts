import { ChainFault } from '../chain/fault.ts';
import type { HostFunctions } from '../wasm/program.ts';
import type { Frame } from './frame.ts';

/** Ends an action early and well. */
export class ActionExit extends Error {}

const LONGEST_MESSAGE = 1024;
const refuse = (message: string): never => {
  throw new ChainFault(
    'eosio_assert_message_exception',
    `assertion failure with message: ${message.slice(0, LONGEST_MESSAGE)}`,
  );
};

/** Assertions, time, the transaction's own header, and memory. */
export function systemFunctions(frame: Frame): HostFunctions {
  const trx = () => frame.context.trx;
  return {
    eosio_assert: (test: number, message: number): void => {
      if (test === 0) refuse(frame.text(message));
    },
    eosio_assert_message: (test: number, message: number, size: number): void => {
      if (test === 0) refuse(frame.slice(message, size).toString('utf8'));
    },
    eosio_assert_code: (test: number, code: bigint): void => {
      if (test === 0)
        throw new ChainFault(
          'eosio_assert_code_exception',
          `assertion failure with error code: ${String(BigInt.asUintN(64, code))}`,
        );
    },
    eosio_exit: (): never => {
      throw new ActionExit();
    },
    abort: (): never => {
      throw new ChainFault('abort_called', 'abort() called');
    },
    current_time: (): bigint => BigInt(trx().timeMs) * 1000n,
    publication_time: (): bigint => BigInt(trx().timeMs) * 1000n,
    is_feature_activated: (): number => 0,
    expiration: (): number => trx().header.expiration,
    tapos_block_num: (): number => trx().header.refBlockNum,
    tapos_block_prefix: (): number => trx().header.refBlockPrefix,
    transaction_size: (): number => trx().packed.length,
    read_transaction: (at: number, size: number): number => {
      const { packed } = trx();
      if (size === 0) return packed.length;
      const taken = Math.min(size >>> 0, packed.length);
      frame.put(at, packed.subarray(0, taken));
      return taken;
    },
    memcpy: (to: number, from: number, size: number): number => {
      frame.move(to, from, size);
      return to;
    },
    memmove: (to: number, from: number, size: number): number => {
      frame.move(to, from, size);
      return to;
    },
    memset: (to: number, value: number, size: number): number => {
      frame.slice(to, size).fill(value);
      return to;
    },
    memcmp: (one: number, two: number, size: number): number =>
      Buffer.compare(frame.slice(one, size), frame.slice(two, size)),
  };
}
