/** The part of the WebAssembly API that this host uses: without the browser's library TypeScript does not know it. */
declare namespace WebAssembly {
  type ImportDescriptor = { readonly module: string; readonly name: string; readonly kind: string };
  class Module {
    constructor(bytes: Uint8Array);
    private readonly compiled;
    static imports(module: Module): ImportDescriptor[];
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
  class Memory {
    constructor(size: { initial: number });
    readonly buffer: ArrayBuffer;
  }
  class Global {
    constructor(type: { value: string; mutable: boolean }, value: unknown);
    value: unknown;
  }
  class RuntimeError extends Error {}
}
