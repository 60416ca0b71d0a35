import { Cursor, leb } from './cursor.ts';
import { LOOP, readInstruction } from './instruction.ts';

/** Export names that a rewritten module adds to the contract's own. */
export const FUEL = '$fuel';
export const GLOBAL_PREFIX = '$global';
export const MEMORY = '$memory';

/** Fuel while a module starts up, before the host has set a budget. */
const START_FUEL = [0x41, 0xc0, 0x84, 0x3d];
const LEAST_PAGES = 2;
const SECTION = { memory: 5, global: 6, export: 7, code: 10 } as const;

type Sections = Map<number, Uint8Array>;

/**
 * A contract's binary made fit for re-use and for endless loops: its mutable globals and memory are exported (so that
 * the host can reset them), and every function and loop burns one unit of an exported `$fuel` global and traps when
 * it is used up.
 */
export function rewriteContract(code: Uint8Array): Uint8Array {
  const sections = readSections(code);
  const globals = sections.get(SECTION.global) ?? new Uint8Array([0]);
  const mutable = mutableGlobals(globals);
  const fuel = mutable.count;
  sections.set(SECTION.global, append(globals, 1, [0x7f, 0x01, ...START_FUEL, 0x0b]));
  const exports: number[][] = [
    exported(FUEL, 3, fuel),
    ...mutable.indexes.map((index) => exported(GLOBAL_PREFIX + String(index), 3, index)),
  ];
  const memory = sections.get(SECTION.memory);
  if (memory !== undefined) {
    sections.set(SECTION.memory, roomy(memory));
    exports.push(exported(MEMORY, 2, 0));
  }
  sections.set(
    SECTION.export,
    append(sections.get(SECTION.export) ?? new Uint8Array([0]), exports.length, exports.flat()),
  );
  const bodies = sections.get(SECTION.code);
  if (bodies !== undefined) sections.set(SECTION.code, meter(bodies, fuel));
  return writeSections(code.subarray(0, 8), sections);
}

/** Sections by id; custom sections (names, debugging) are left out. */
function readSections(code: Uint8Array): Sections {
  if (code.length < 8 || Buffer.from(code.subarray(0, 4)).toString('latin1') !== '\0asm') {
    throw new Error('expected a WebAssembly binary, got something else');
  }
  const cursor = new Cursor(code, 8);
  const sections: Sections = new Map();
  while (!cursor.done) {
    const id = cursor.byte();
    const body = cursor.take(cursor.u32());
    if (id !== 0) sections.set(id, body);
  }
  return sections;
}

function writeSections(head: Uint8Array, sections: Sections): Uint8Array {
  const parts: Uint8Array[] = [head];
  for (const id of [...sections.keys()].sort((a, b) => a - b)) {
    const body = sections.get(id) ?? new Uint8Array(0);
    parts.push(Uint8Array.from([id, ...leb(body.length)]), body);
  }
  return Buffer.concat(parts);
}

/** A counted section with more entries at its end. */
function append(section: Uint8Array, more: number, bytes: readonly number[]): Uint8Array {
  const cursor = new Cursor(section);
  const count = cursor.u32();
  return Buffer.concat([
    Uint8Array.from(leb(count + more)),
    section.subarray(cursor.at),
    Uint8Array.from(bytes),
  ]);
}

function exported(name: string, kind: number, index: number): number[] {
  const text = [...Buffer.from(name)];
  return [...leb(text.length), ...text, kind, ...leb(index)];
}

function mutableGlobals(section: Uint8Array): { count: number; indexes: number[] } {
  const cursor = new Cursor(section);
  const count = cursor.u32();
  const indexes: number[] = [];
  for (let index = 0; index < count; index++) {
    cursor.byte();
    if (cursor.byte() === 1) indexes.push(index);
    while (readInstruction(cursor) !== 0x0b);
  }
  return { count, indexes };
}

/**
 * The memory with at least two pages to begin with: a contract of one page that grows it would need a new instance, which
 * costs as much as the action itself, while clearing a page costs next to nothing.
 */
function roomy(section: Uint8Array): Uint8Array {
  const cursor = new Cursor(section);
  const count = cursor.u32();
  const limited = cursor.byte() & 1;
  const least = cursor.u32();
  const most = limited === 1 ? cursor.u32() : LEAST_PAGES;
  const pages = Math.min(Math.max(least, LEAST_PAGES), Math.max(most, least));
  return Uint8Array.from([...leb(count), limited, ...leb(pages), ...(limited === 1 ? leb(most) : [])]);
}

/** Burns fuel at the entry of every function and at the head of every loop. */
function meter(section: Uint8Array, fuel: number): Uint8Array {
  const global = leb(fuel);
  const burn = Uint8Array.from([
    ...[0x23, ...global, 0x41, 0x01, 0x6b, 0x24, ...global],
    ...[0x23, ...global, 0x41, 0x00, 0x48, 0x04, 0x40, 0x00, 0x0b],
  ]);
  const cursor = new Cursor(section);
  const count = cursor.u32();
  const parts: Uint8Array[] = [Uint8Array.from(leb(count))];
  for (let index = 0; index < count; index++) {
    const body = meterFunction(cursor.take(cursor.u32()), burn);
    parts.push(Uint8Array.from(leb(body.length)), body);
  }
  return Buffer.concat(parts);
}

function meterFunction(body: Uint8Array, burn: Uint8Array): Uint8Array {
  const cursor = new Cursor(body);
  for (let groups = cursor.u32(); groups > 0; groups--) {
    cursor.u32();
    cursor.byte();
  }
  const parts: Uint8Array[] = [body.subarray(0, cursor.at), burn];
  let from = cursor.at;
  while (!cursor.done) {
    if (readInstruction(cursor) !== LOOP) continue;
    parts.push(body.subarray(from, cursor.at), burn);
    from = cursor.at;
  }
  parts.push(body.subarray(from));
  return Buffer.concat(parts);
}
