import type { Warehouse } from '../../warehouse/warehouse.ts';
import { countPending, type Filter, type Pending } from './queries/indicators.ts';
import type { Subscribe } from './status.ts';

export type PendingCounts = {
  /** Acts that wait for finality, by indicator. */
  count(filter: Filter): Promise<Pending>;
  close(): void;
};

/** Different filters asked between two news. */
const SIZE = 512;

/** Counts what waits once for each filter, until news say that the tails changed or became final. */
export function createPendingCounts(warehouse: Warehouse, subscribe: Subscribe): PendingCounts {
  const counts = new Map<string, Promise<Pending>>();
  const unsubscribe = subscribe(({ type }) => {
    if (type !== 'status') counts.clear();
  });
  return {
    count(filter) {
      const key = JSON.stringify([filter.territory, filter.group, filter.product]);
      const kept = counts.get(key);
      if (kept) return kept;
      const asked = countPending(warehouse, filter);
      if (counts.size >= SIZE) counts.clear();
      counts.set(key, asked);
      asked.catch(() => {
        if (counts.get(key) === asked) counts.delete(key);
      });
      return asked;
    },
    close: unsubscribe,
  };
}
