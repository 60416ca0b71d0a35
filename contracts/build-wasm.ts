/** Ids of sections in a WebAssembly binary. */
const MEMORY_SECTION = 5;
const HEADER_BYTES = 8;

/**
 * The code with this many pages of memory (64 KiB each) to start with. The compiler gives one, which the longest acts
 * outgrow; an embedded chain throws an instance with grown memory away, and a fresh one costs more than the act.
 */
export function startingWith(pages: number, wasm: Uint8Array): Uint8Array {
  if (pages < 1 || pages > 127) throw new Error(`1 to 127 pages of memory expected, got ${pages}`);
  const code = Uint8Array.from(wasm);
  for (let at = HEADER_BYTES; at < code.length;) {
    const id = code[at];
    const { value: size, next } = unsigned(code, at + 1);
    if (id === MEMORY_SECTION) return withPages(code, next, pages);
    at = next + size;
  }
  throw new Error('a contract with a memory of its own expected, got none');
}

/** The section is: how many memories, a flag for a maximum, the least pages. */
function withPages(code: Uint8Array, at: number, pages: number): Uint8Array {
  const [count, flags, least] = code.subarray(at, at + 3);
  if (count !== 1 || flags !== 0 || least === undefined || least > 127)
    throw new Error(
      `one memory without a maximum expected, got ${String(count)} with flags ${String(flags)}`,
    );
  code[at + 2] = Math.max(pages, least);
  return code;
}

/** A number in LEB128. */
function unsigned(code: Uint8Array, from: number): { value: number; next: number } {
  let value = 0;
  let shift = 0;
  for (let at = from; at < code.length; at++) {
    const byte = code[at] ?? 0;
    value |= (byte & 127) << shift;
    if (byte < 128) return { value, next: at + 1 };
    shift += 7;
  }
  throw new Error('a whole WebAssembly binary expected, got one that ends within a number');
}
