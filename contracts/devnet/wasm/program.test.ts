import { describe, expect, test } from 'vitest';
import { contractModule, DROP, ENDLESS, END, I32, i32, TRAP_IF } from '../fixture/module.ts';
import { compileProgram } from './program.ts';
import { rewriteContract } from './rewrite.ts';

const nothing = (): void => undefined;
const run = (program: ReturnType<typeof compileProgram>, fuel = 1000): void => {
  program.run(fuel, nothing, 1n, 1n, 1n);
};

describe('a program', () => {
  test('ends an endless loop when its fuel is used up, and runs again after it', () => {
    const program = compileProgram(ENDLESS, {});
    expect(() => {
      run(program, 5000);
    }).toThrow(/unreachable/);
    expect(program.exhausted()).toBe(true);
    expect(program.spent()).toBe(5001);
    expect(() => {
      run(program, 10);
    }).toThrow(/unreachable/);
    expect(program.spent()).toBe(11);
  });

  test('finds its globals as they started in every run', () => {
    const isNotSeven = [0x23, 0, ...i32(7), 0x47];
    const program = compileProgram(
      contractModule({ apply: [...isNotSeven, ...TRAP_IF, ...i32(8), 0x24, 0] }),
      {},
    );
    run(program);
    expect(() => {
      run(program);
    }).not.toThrow();
    expect(program.exhausted()).toBe(false);
  });

  test('finds its memory as it started in every run, its data too', () => {
    const readsZeroAt = (at: number): number[] => [...i32(at), 0x2d, 0, 0, ...TRAP_IF];
    const isNotA = [...i32(0), 0x2d, 0, 0, ...i32('a'.charCodeAt(0)), 0x47, ...TRAP_IF];
    const spoil = [0, 100, 65_000].flatMap((at) => [...i32(at), ...i32(1), 0x3a, 0, 0]);
    const program = compileProgram(
      contractModule({
        data: 'a',
        apply: [...isNotA, ...readsZeroAt(100), ...readsZeroAt(65_000), ...spoil],
      }),
      {},
    );
    run(program);
    expect(() => {
      run(program);
    }).not.toThrow();
  });

  test('finds as few pages of memory as before after a run that grew it', () => {
    const program = compileProgram(
      contractModule({ apply: [0x3f, 0, ...i32(2), 0x47, ...TRAP_IF, ...i32(1), 0x40, 0, DROP] }),
      {},
    );
    run(program);
    expect(() => {
      run(program);
    }).not.toThrow();
  });

  test('is refused by name of what the host lacks', () => {
    const code = contractModule({
      imports: [{ name: 'send_deferred', params: [I32] }],
      apply: [...i32(0), 0x10, 0],
    });
    expect(() => compileProgram(code, {})).toThrow('send_deferred');
  });

  test('is refused where it is no WebAssembly 1.0', () => {
    expect(() => rewriteContract(Buffer.from('not wasm'))).toThrow('WebAssembly binary');
    expect(() => rewriteContract(contractModule({ apply: [0xfc, 0x0b, 0, END] }))).toThrow('0xfc');
  });
});
