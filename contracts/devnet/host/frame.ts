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
  /** Text up to a zero byte. */
  text(at: number): string {
    const { bytes } = this;
    const end = bytes.indexOf(0, at >>> 0);
    if (end < 0) throw new ChainFault('wasm_execution_error', 'access violation');
    return bytes.toString('utf8', at >>> 0, end);
  }
  readU64(at: number): bigint {
    return this.slice(at, 8).readBigUInt64LE(0);
  }
  writeU64(at: number, value: bigint): void {
    this.slice(at, 8).writeBigUInt64LE(value, 0);
  }
}

/** i64 values come from WebAssembly signed. */
export const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
