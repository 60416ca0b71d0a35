/** Lends items one borrower at a time, first come first served. */
export type Pool<Item> = { use<Result>(work: (item: Item) => Promise<Result>): Promise<Result> };

export function createPool<Item>(items: readonly Item[]): Pool<Item> {
  const idle = [...items];
  const waiting: ((item: Item) => void)[] = [];

  function take(): Promise<Item> {
    const item = idle.pop();
    return item === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(item);
  }

  return {
    async use(work) {
      const item = await take();
      try {
        return await work(item);
      } finally {
        const next = waiting.shift();
        if (next) next(item);
        else idle.push(item);
      }
    },
  };
}
