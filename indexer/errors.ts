/** Something outside failed for now (endpoint, network): trying again may help. Exit code 75 (EX_TEMPFAIL). */
export class RetryableError extends Error {
  override readonly name: string = 'RetryableError';
  readonly exitCode = 75;
}

/** The endpoint answers, but does not get on: its head or its finality stands still, or it keeps blocks back. */
export class StuckError extends RetryableError {
  override readonly name = 'StuckError';
}

/** Rows would be missing: what came does not follow what is in the tables. Read again; halts when that does not help. */
export class GapError extends RetryableError {
  override readonly name = 'GapError';
}

/** The data or the set-up is wrong: trying again gives the same end. Exit code 1. */
export class FatalError extends Error {
  override readonly name: string = 'FatalError';
  readonly exitCode = 1;
}

/** Packed bytes do not hold what their ABI says; `type` and `offset` name the place. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly type: string;
  readonly offset: number;

  constructor(type: string, offset: number, what: string) {
    super(`cannot read ${type} at byte ${offset}: ${what}`);
    this.type = type;
    this.offset = offset;
  }
}

/** An ABI that names unknown types, runs in circles or is larger than a sane contract's. */
export class AbiError extends Error {
  override readonly name = 'AbiError';
}
