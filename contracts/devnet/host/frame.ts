import { ChainFault } from '../chain/fault.ts';
import type { ApplyContext } from './context.ts';

/** What the host functions work on: the running action and the memory of its contract. */
export class Frame {
  #context: ApplyContext | undefined;
  #memory: WebAssembly.Memory | undefined;
  #bytes = Buffer.alloc(0);

  bind(context: ApplyContext, memory: WebAssembly.Memory): void {
    this.#context = context;
    this.#memory = memory;
    if (this.#bytes.buffer !== memory.buffer) this.#bytes = Buffer.from(memory.buffer);
  }
  get context(): ApplyContext {
    if (this.#context === undefined)
      throw new Error('expected a running action: a contract may not call the host while it starts');
    return this.#context;
  }
  /** The contract's memory; a grown one is a new buffer. */
  get bytes(): Buffer {
    if (this.#bytes.length === 0 && this.#memory !== undefined)
      this.#bytes = Buffer.from(this.#memory.buffer);
    return this.#bytes;
  }
  /** A view of contract memory; throws where it is not wholly inside. */
  slice(at: number, size: number): Buffer {
    const from = at >>> 0;
    const length = size >>> 0;
    const { bytes } = this;
    if (from + length > bytes.length) throw new ChainFault('wasm_execution_error', 'access violation');
    return bytes.subarray(from, from + length);
  }
  /** A copy of contract memory; throws where it is not wholly inside. */
  copy(at: number, size: number): Uint8Array {
    return new Uint8Array(this.slice(at, size));
  }
  /** Copies bytes into contract memory. */
  put(at: number, from: Uint8Array): void {
    const { bytes } = this;
    const to = at >>> 0;
    if (to + from.length > bytes.length) throw new ChainFault('wasm_execution_error', 'access violation');
    bytes.set(from, to);
  }
  /** Moves bytes within contract memory; the ranges may overlap. */
  move(to: number, from: number, size: number): void {
    const { bytes } = this;
    const length = size >>> 0;
    if ((to >>> 0) + length > bytes.length || (from >>> 0) + length > bytes.length) {
      throw new ChainFault('wasm_execution_error', 'access violation');
    }
    bytes.copyWithin(to >>> 0, from >>> 0, (from >>> 0) + length);
  }
  /** Text up to a zero byte. */
  text(at: number): string {
    const { bytes } = this;
    const end = bytes.indexOf(0, at >>> 0);
    if (end < 0) throw new ChainFault('wasm_execution_error', 'access violation');
    return bytes.toString('utf8', at >>> 0, end);
  }
  #within(at: number, size: number): number {
    const from = at >>> 0;
    if (from + size > this.bytes.length) throw new ChainFault('wasm_execution_error', 'access violation');
    return from;
  }
  readU64(at: number): bigint {
    return this.bytes.readBigUInt64LE(this.#within(at, 8));
  }
  writeU64(at: number, value: bigint): void {
    this.bytes.writeBigUInt64LE(value, this.#within(at, 8));
  }
}

/** i64 values come from WebAssembly signed. */
export const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
