import { RetryableError } from '../../indexer/errors.ts';
import { WarehouseError } from '../../warehouse/error.ts';
import { ConfigError } from '../../zakroma.config.ts';
import { UsageError } from './options.ts';

/** Codes that a supervisor can act on: 75 (EX_TEMPFAIL) is worth another start, 1 and 2 are not. */
export const exitCodes = { ok: 0, fatal: 1, usage: 2, tryAgain: 75 } as const;

export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError || error instanceof ConfigError) return exitCodes.usage;
  if (error instanceof RetryableError) return exitCodes.tryAgain;
  return error instanceof WarehouseError && error.retryable ? exitCodes.tryAgain : exitCodes.fatal;
}
