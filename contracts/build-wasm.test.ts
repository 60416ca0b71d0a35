import { describe, expect, it } from 'vitest';
import { startingWith } from './build-wasm.ts';

const HEADER = [0, 97, 115, 109, 1, 0, 0, 0];
const TYPES = [1, 4, 1, 96, 0, 0];
const EXPORTS = [7, 5, 1, 1, 109, 2, 0];
const withMemory = (...memory: number[]) =>
  Uint8Array.from([...HEADER, ...TYPES, 5, memory.length, ...memory, ...EXPORTS]);

const pagesOf = (wasm: Uint8Array): number => {
  const code = new Uint8Array(wasm);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), {});
  return (exports['m'] as WebAssembly.Memory).buffer.byteLength / 65536;
};

describe('startingWith', () => {
  it('gives the code its pages of memory, and no fewer than it has', () => {
    expect(pagesOf(startingWith(4, withMemory(1, 0, 1)))).toBe(4);
    expect(pagesOf(startingWith(4, withMemory(1, 0, 9)))).toBe(9);
  });

  it('leaves the code it was given as it is', () => {
    const wasm = withMemory(1, 0, 1);
    startingWith(4, wasm);
    expect(pagesOf(wasm)).toBe(1);
  });

  it.each([
    ['no memory', Uint8Array.from([...HEADER, ...TYPES]), 'a memory of its own expected'],
    ['a memory with a maximum', withMemory(1, 1, 1, 2), 'one memory without a maximum expected'],
    ['half a file', Uint8Array.from([...HEADER, 1, 200]), 'a whole WebAssembly binary expected'],
  ])('refuses %s', (_, wasm, reason) => {
    expect(() => startingWith(4, wasm)).toThrow(reason);
  });

  it('refuses a number of pages that it cannot write', () => {
    expect(() => startingWith(128, withMemory(1, 0, 1))).toThrow(
      '1 to 127 pages of memory expected, got 128',
    );
  });
});
