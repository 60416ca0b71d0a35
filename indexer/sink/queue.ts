/** Runs the sink's operations one after the other, in order; decoding goes on meanwhile. */
export type SinkQueue = ReturnType<typeof createSinkQueue>;

type Operation = () => Promise<void>;

/**
 * `depth` operations may wait; `room()` resolves when there are fewer. The first failure stops the queue: `room` and `drained`
 * reject with it and nothing later is run. `onIdle` is called whenever the last waiting operation has ended well; what it throws is
 * a failure like any other.
 */
export function createSinkQueue(depth: number, onIdle: () => void) {
  const waiting: Operation[] = [];
  let running = false;
  let failure: { readonly error: unknown } | null = null;
  let listeners: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    const woken = listeners;
    listeners = [];
    for (const listener of woken) listener();
  }

  async function run(): Promise<void> {
    running = true;
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        await next();
        wake();
      }
    } catch (error) {
      failure = { error };
      waiting.length = 0;
    }
    running = false;
    idle();
  }

  function idle(): void {
    try {
      if (failure === null) onIdle();
    } catch (error) {
      failure = { error };
    }
    wake();
  }

  function add(operation: Operation): void {
    if (failure !== null) return;
    waiting.push(operation);
    if (!running) void run();
  }

  const isIdle = (): boolean => !running && waiting.length === 0;

  async function until(isReached: () => boolean): Promise<void> {
    while (failure === null && !isReached()) {
      await new Promise<void>((resolve) => listeners.push(resolve));
    }
    if (failure !== null) throw failure.error;
  }

  return {
    add,
    /** True when nothing waits or runs. */
    isIdle,
    /** Calls `onIdle` after so many ms if nothing runs then; the last asked time counts. */
    idleAfter(ms: number): void {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (isIdle()) idle();
      }, ms);
    },
    room: () => until(() => waiting.length < depth),
    drained: () => until(isIdle),
    /** Forgets what waits, lets the running operation end. Never rejects. */
    async stop(): Promise<void> {
      clearTimeout(timer);
      waiting.length = 0;
      await until(() => !running).catch(() => undefined);
    },
    /** Throws what an operation failed with, if one did. */
    check(): void {
      if (failure !== null) throw failure.error;
    },
  };
}
