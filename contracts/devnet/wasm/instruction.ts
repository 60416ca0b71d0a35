import type { Cursor } from './cursor.ts';

export const LOOP = 0x03;
const BLOCK = 0x02;
const IF = 0x04;
const BR_TABLE = 0x0e;
const CALL_INDIRECT = 0x11;

/** Reads one instruction of WebAssembly 1.0 with its immediates; returns its opcode. Throws on any later proposal. */
export function readInstruction(cursor: Cursor): number {
  const opcode = cursor.byte();
  if (opcode <= 0x01 || opcode === 0x05 || opcode === 0x0b || opcode === 0x0f) return opcode;
  if (opcode >= BLOCK && opcode <= IF) cursor.skipNumber();
  else if (opcode === 0x0c || opcode === 0x0d || opcode === 0x10) cursor.skipNumber();
  else if (opcode === BR_TABLE) for (let left = cursor.u32() + 1; left > 0; left--) cursor.skipNumber();
  else if (opcode === CALL_INDIRECT || (opcode >= 0x28 && opcode <= 0x3e)) {
    cursor.skipNumber();
    cursor.skipNumber();
  } else if (opcode === 0x1a || opcode === 0x1b || (opcode >= 0x45 && opcode <= 0xbf)) return opcode;
  else if (opcode >= 0x20 && opcode <= 0x24) cursor.skipNumber();
  else if (opcode >= 0x3f && opcode <= 0x42) cursor.skipNumber();
  else if (opcode === 0x43) cursor.take(4);
  else if (opcode === 0x44) cursor.take(8);
  else throw new Error(`expected WebAssembly 1.0, got the instruction 0x${opcode.toString(16)}`);
  return opcode;
}
