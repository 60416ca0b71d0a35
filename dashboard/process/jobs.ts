import cron from 'node-cron';
import type { Logger } from 'pino';
import { runChecks } from '../../warehouse/models/checks.ts';
import { findGaps } from '../../warehouse/sink/gaps.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { models } from './prepare.ts';

export type Jobs = { readonly stop: () => Promise<void> };

/** Runs `work` at every full hour until stopped; a run that is still going when the next one is due lets it pass. */
export function everyHour(name: string, work: () => Promise<void>): Jobs {
  const task = cron.schedule('0 * * * *', work, { noOverlap: true, name });
  return {
    async stop() {
      await task.destroy();
    },
  };
}

/**
 * Work by the clock: every ten minutes the checks of `sql/checks` must return no row, every hour the committed tables must hold what the
 * indexer committed (`onGap` hears when they do not). A run that is still going when the next one is due makes it wait for its turn to be
 * skipped.
 */
export function startJobs(
  warehouse: Warehouse,
  log: Logger,
  onFailure: (message: string) => void,
  onGap: (message: string) => void,
): Jobs {
  const checks = cron.schedule(
    '*/10 * * * *',
    async () => {
      const failures = await runChecks(warehouse, models);
      for (const failure of failures) {
        const message = `check ${failure.check}: expected no row, got ${failure.rows.length}`;
        log.error({ check: failure.check, rows: failure.rows.slice(0, 5) }, message);
        onFailure(message);
      }
    },
    { noOverlap: true, name: 'checks' },
  );
  const gaps = everyHour('gaps', async () => {
    const [gap] = await findGaps(warehouse);
    if (gap !== undefined) onGap(`the tables are not what was committed: chain.${gap.table}: ${gap.what}`);
  });
  return {
    async stop() {
      await checks.destroy();
      await gaps.stop();
    },
  };
}
