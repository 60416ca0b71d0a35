import { nameText } from '../bytes/name.ts';
import type { HostFunctions } from '../wasm/program.ts';
import type { Frame } from './frame.ts';
import { u64 } from './frame.ts';

/** What a contract prints goes into its trace. */
export function consoleFunctions(frame: Frame): HostFunctions {
  const print = (text: string): void => {
    frame.context.console += text;
  };
  const wide = (at: number): bigint => (frame.readU64(at + 8) << 64n) | frame.readU64(at);
  return {
    prints: (at: number): void => {
      print(frame.text(at));
    },
    prints_l: (at: number, size: number): void => {
      print(frame.slice(at, size).toString('utf8'));
    },
    printi: (value: bigint): void => {
      print(String(value));
    },
    printui: (value: bigint): void => {
      print(String(u64(value)));
    },
    printi128: (at: number): void => {
      print(String(BigInt.asIntN(128, wide(at))));
    },
    printui128: (at: number): void => {
      print(String(wide(at)));
    },
    printsf: (value: number): void => {
      print(value.toExponential(6));
    },
    printdf: (value: number): void => {
      print(value.toExponential(15));
    },
    printn: (value: bigint): void => {
      print(nameText(u64(value)));
    },
    printhex: (at: number, size: number): void => {
      print(frame.slice(at, size).toString('hex'));
    },
  };
}
