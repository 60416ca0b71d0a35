/** A refusal by the engine or a failed way to it. `code` is ClickHouse's number ("62", "241") or the system's ("ECONNREFUSED"). */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError';
  readonly code: string;
  readonly type: string;

  constructor(message: string, code = '', type = '', options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.type = type;
  }

  /** True when the same statement may succeed later: the network, memory or time ran out, not the statement's own fault. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}

const RETRYABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  '159',
  '202',
  '209',
  '210',
  '241',
  '242',
  '252',
]);

/** Whatever a client threw, as a WarehouseError that shows the beginning of the statement (bound values are not in it). */
export function asWarehouseError(thrown: unknown, sql: string): WarehouseError {
  if (thrown instanceof WarehouseError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { code, type } = error as { code?: unknown; type?: unknown };
  const excerpt = sql.replace(/\s+/g, ' ').trim().slice(0, 160);
  return new WarehouseError(`${error.message} [in: ${excerpt}]`, textOf(code), textOf(type), {
    cause: error,
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
