import { FUEL, GLOBAL_PREFIX, MEMORY, rewriteContract } from './rewrite.ts';

export type HostFunctions = Readonly<Record<string, (...args: never[]) => unknown>>;
type Apply = (receiver: bigint, code: bigint, action: bigint) => void;
type Saved = { readonly global: WebAssembly.Global; readonly value: unknown };

type Live = {
  readonly memory: WebAssembly.Memory;
  /** All of the memory at start-up; growth detaches it. */
  readonly bytes: Uint8Array;
  /** Memory as it stands after start-up, up to its last byte that is not zero. */
  readonly image: Uint8Array;
  readonly globals: readonly Saved[];
  readonly fuel: WebAssembly.Global;
  readonly apply: Apply;
};

/** A contract's code ready to run, with fresh memory and globals at every `run`. */
export type Program = {
  /** Runs `apply` with a budget of fuel; `bind` gets the memory first. */
  run(
    fuel: number,
    bind: (memory: WebAssembly.Memory) => void,
    receiver: bigint,
    code: bigint,
    action: bigint,
  ): void;
  /** Fuel burnt by the last run. */
  spent(): number;
  /** Whether the last run ended because its fuel was used up. */
  exhausted(): boolean;
};

/** Names of the host functions that the code wants and the host lacks. */
export function missingImports(module: WebAssembly.Module, host: HostFunctions): string[] {
  return WebAssembly.Module.imports(module)
    .filter(
      ({ module: from, name, kind }) => from !== 'env' || kind !== 'function' || !Object.hasOwn(host, name),
    )
    .map(({ module: from, name, kind }) =>
      from === 'env' && kind === 'function' ? name : `${from}.${name} (${kind})`,
    );
}

/** Compiles a contract. Throws a readable Error where it is not a contract that this host can run. */
export function compileProgram(code: Uint8Array, host: HostFunctions): Program {
  const module = new WebAssembly.Module(rewriteContract(code));
  const missing = missingImports(module, host);
  if (missing.length > 0) {
    throw new Error(
      `expected a contract that imports only what this chain's host provides, got one that also imports ${missing.join(', ')}`,
    );
  }
  let live = start(module, host);
  let spent = 0;
  let left = 0;
  return {
    run: (fuel, bind, receiver, contract, action) => {
      if (live.bytes.length === 0) live = start(module, host);
      reset(live);
      const { memory, apply } = live;
      const gauge = live.fuel;
      gauge.value = fuel;
      bind(memory);
      try {
        apply(receiver, contract, action);
      } finally {
        left = gauge.value as number;
        spent = fuel - left;
      }
    },
    spent: () => spent,
    exhausted: () => left < 0,
  };
}

function start(module: WebAssembly.Module, host: HostFunctions): Live {
  const instance = new WebAssembly.Instance(module, { env: host });
  const { apply } = instance.exports;
  const memory = instance.exports[MEMORY];
  const fuel = instance.exports[FUEL];
  if (typeof apply !== 'function')
    throw new Error('expected a contract that exports apply(receiver, code, action)');
  if (!(memory instanceof WebAssembly.Memory) || !(fuel instanceof WebAssembly.Global))
    throw new Error('expected a contract with a memory of its own');
  const globals: Saved[] = [];
  for (const [name, value] of Object.entries(instance.exports)) {
    if (name.startsWith(GLOBAL_PREFIX) && value instanceof WebAssembly.Global)
      globals.push({ global: value, value: value.value });
  }
  const bytes = new Uint8Array(memory.buffer);
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return { memory, bytes, image: bytes.slice(0, end), globals, fuel, apply: apply as Apply };
}

function reset({ bytes, image, globals }: Live): void {
  bytes.set(image);
  bytes.fill(0, image.length);
  for (const saved of globals) saved.global.value = saved.value;
}
