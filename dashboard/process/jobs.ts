import cron from 'node-cron';
import type { Logger } from 'pino';
import { runChecks } from '../../warehouse/models/checks.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { models } from './prepare.ts';

export type Jobs = { readonly stop: () => Promise<void> };

/**
 * Work by the clock: every ten minutes the checks of `sql/checks` must return no row. A run that is still going when the next
 * one is due makes it wait for its turn to be skipped.
 */
export function startJobs(warehouse: Warehouse, log: Logger, onFailure: (message: string) => void): Jobs {
  const task = cron.schedule(
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
  return {
    async stop() {
      await task.destroy();
    },
  };
}
