import { ChainFault } from '../chain/fault.ts';

export type Reply = { readonly status: number; readonly body: unknown };

type Title = readonly [status: number, message: string];

const FAILED: Title = [500, 'Internal Service Error'];
/** Failures that have a status of their own: of a transaction, and of a question. */
const PUSH_TITLES: Readonly<Record<string, Title>> = {
  invalid_http_request: [400, 'Invalid Request'],
  tx_duplicate: [409, 'Conflict'],
};
const QUERY_TITLES: Readonly<Record<string, Title>> = {
  invalid_http_request: [400, 'Invalid Request'],
  account_query_exception: [400, 'Account lookup'],
  unknown_block_exception: [400, 'Unknown Block'],
  unsatisfied_authorization: [401, 'UnAuthorized'],
};

const errorBody = (
  status: number,
  message: string,
  code: number,
  name: string,
  what: string,
  details: readonly string[],
): Reply => ({
  status,
  body: {
    code: status,
    message,
    error: {
      code,
      name,
      what,
      details: details.map((detail) => ({ message: detail, file: '', line_number: 0, method: '' })),
    },
  },
});

/** nodeos' JSON for a failure of a transaction or of a question; what is not a ChainFault says no more than that. */
export function failure(error: unknown, of: 'transaction' | 'question'): Reply {
  if (!(error instanceof ChainFault))
    return errorBody(...FAILED, 13, 'std_exception', 'unspecified', ['internal error']);
  const [status, message] = (of === 'transaction' ? PUSH_TITLES : QUERY_TITLES)[error.fault] ?? FAILED;
  return errorBody(status, message, error.code, error.fault, error.what, error.details);
}

export const notFound = (): Reply =>
  errorBody(404, 'Not Found', 0, 'exception', 'unspecified', ['Unknown Endpoint']);
export const tooLarge = (limit: number): Reply =>
  errorBody(413, 'Payload Too Large', 3200006, 'invalid_http_request', 'invalid http request', [
    `expected a body of at most ${String(limit)} bytes`,
  ]);
