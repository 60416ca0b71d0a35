/** One line of what went wrong, for a person. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `port ${String(error.port)} is taken by another program: end that one or choose another port (README, Settings)`;
  }
  return error.message;
}

const plain = new Set(['ConfigError', 'WarehouseError', 'ChainUnreachable', 'FatalError', 'RetryableError']);

/** Errors whose message says all that a person can use; of others the stack is wanted too. */
export function speaksForItself(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isKnown = plain.has(error.name);
  return isKnown || ('code' in error && error.code === 'EADDRINUSE');
}
