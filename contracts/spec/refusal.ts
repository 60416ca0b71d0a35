import { expect } from 'vitest';
import { ChainError } from '../chain/driver.ts';

/** `eosio_assert_message_exception`: a contract's own check. */
export const ASSERTION = 3050003;
/** `missing_auth_exception`: an authority that the action does not carry. */
export const MISSING_AUTHORITY = 3090004;

/** Expects a refusal by the chain with this code, whose reason contains `reason` word for word. */
export async function expectRefusal(
  attempt: Promise<unknown>,
  reason: string,
  code: number = ASSERTION,
): Promise<void> {
  const outcome: unknown = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome === undefined) expect.fail(`a refusal expected ("${reason}"), the chain accepted`);
  expect(outcome).toBeInstanceOf(ChainError);
  const { code: came, details } = outcome as ChainError;
  expect({ code: came, reason: details.join('; ') }).toEqual({
    code,
    reason: expect.stringContaining(reason) as unknown,
  });
}
