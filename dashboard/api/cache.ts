import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { SystemStatus } from './status.ts';

export type AsOf = { readonly block: number; readonly time: string | null };
/** `version` is not sent: two answers of one version are equal, whatever their as-of. */
export type Stamped<T> = T & { asOf: AsOf; version: number; stale?: true };

/** Answers by key, valid as long as no watched action became final. */
export interface AnswerCache {
  /** The block through which everything is in the warehouse now. */
  asOf(): AsOf;
  /** The cached answer, or `ask`'s. When `ask` fails, the last good answer with its own as-of and `stale`. */
  answer<T extends object>(key: string, ask: (asOf: AsOf) => Promise<T>): Promise<Stamped<T>>;
}

type Deps = {
  readonly warehouse: Warehouse;
  readonly status: () => SystemStatus;
  readonly size?: number;
  readonly onError?: (error: unknown) => void;
};
type Entry = { readonly version: number; readonly asOf: AsOf; readonly value: Promise<object> };

/**
 * A version is the last block ≤ as-of with a watched action. It is asked from the rows up to the committed block. Rows above it may already be read (a batch is being
 * written), but then the batch's commit raises the version, so a half-read answer never outlives the batch.
 */
export function createAnswerCache({ warehouse, status, size = 512, onError }: Deps): AnswerCache {
  const entries = new Map<string, Entry>();
  const now = (): AsOf => ({ block: status().indexer.committed, time: status().indexer.committedTime });

  async function version(): Promise<number> {
    const rows = await warehouse.query<{ block: number | null }>(
      'select max(block_num) as block from chain.action where block_num <= {through:UInt32}',
      { through: status().indexer.committed },
    );
    return rows[0]?.block ?? 0;
  }

  function keep(key: string, entry: Entry) {
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > size) entries.delete(entries.keys().next().value ?? '');
  }

  return {
    asOf: now,
    async answer<T extends object>(key: string, ask: (asOf: AsOf) => Promise<T>): Promise<Stamped<T>> {
      const before = entries.get(key);
      try {
        const asOf = now();
        const current = await version();
        if (before?.version === current) return { ...((await before.value) as T), asOf, version: current };
        const entry = { version: current, asOf, value: ask(asOf) };
        const value = await entry.value;
        keep(key, entry);
        return { ...value, asOf, version: current };
      } catch (error) {
        if (!before || isRefusal(error)) throw error;
        onError?.(error);
        return { ...((await before.value) as T), asOf: before.asOf, version: before.version, stale: true };
      }
    },
  };
}

/** A refusal (400, 404) is an answer, not a failure of the warehouse. */
const isRefusal = (error: unknown) => error instanceof Error && error.name === 'ApiError';
