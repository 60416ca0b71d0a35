import type { Params, Warehouse } from '../../../warehouse/warehouse.ts';
import type { LiveEvent, SystemStatus } from '../status.ts';

/** What a statement that matches answers; `asked` collects every statement with its parameters. */
export type Answers = readonly (readonly [RegExp, (params: Params) => unknown[]])[];

/** A warehouse that knows answers by the statement's text. A statement without an answer is an error. */
export function fakeWarehouse(answers: Answers) {
  const asked: { sql: string; params: Params }[] = [];
  const warehouse: Warehouse = {
    mode: 'embedded',
    query: async <Row>(sql: string, params: Params = {}) => {
      asked.push({ sql, params });
      const answer = answers.find(([pattern]) => pattern.test(sql));
      if (!answer) throw new Error(`no answer for: ${sql}`);
      return Promise.resolve(answer[1](params) as Row[]);
    },
    command: async () => Promise.resolve(),
    insert: async () => Promise.resolve(),
    close: async () => Promise.resolve(),
  };
  return { warehouse, asked };
}

export const liveStatus: SystemStatus = {
  phase: 'live',
  chain: {
    kind: 'devnet',
    chainId: 'ab'.repeat(32),
    head: 1010,
    headTime: '2026-10-03T10:00:05.000Z',
    lib: 1000,
  },
  indexer: {
    ...{ committed: 1000, committedTime: '2026-10-03T10:00:00.000Z', lagBlocks: 0, undecoded: 0 },
    ...{
      state: 'live',
      actions: 12,
      rate: 2,
      rows: 5,
      undecodedRows: 0,
      tailBlocks: 3,
      endpoint: 1,
      failures: 0,
    },
  },
  fictional: true,
};

/** A subject for `subscribe`: `tell` reaches every listener. */
export function newsroom() {
  const listeners = new Set<(event: LiveEvent) => void>();
  return {
    listeners,
    tell: (event: LiveEvent) => {
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener: (event: LiveEvent) => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
