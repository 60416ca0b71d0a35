import { ChainFault } from '../chain/fault.ts';

export type Reply = { readonly status: number; readonly body: unknown };

const TITLES: Readonly<Record<string, readonly [status: number, message: string]>> = {
  invalid_http_request: [400, 'Invalid Request'],
  account_query_exception: [400, 'Account lookup'],
  unknown_block_exception: [400, 'Unknown Block'],
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

/** nodeos' JSON for a failure; what is not a ChainFault says no more than that. */
export function failure(error: unknown): Reply {
  if (!(error instanceof ChainFault))
    return errorBody(500, 'Internal Service Error', 13, 'std_exception', 'unspecified', ['internal error']);
  const [status, message] = TITLES[error.fault] ?? [500, 'Internal Service Error'];
  return errorBody(status, message, error.code, error.fault, error.what, error.details);
}

export const notFound = (): Reply =>
  errorBody(404, 'Not Found', 0, 'exception', 'unspecified', ['Unknown Endpoint']);
export const tooLarge = (limit: number): Reply =>
  errorBody(413, 'Payload Too Large', 3200006, 'invalid_http_request', 'invalid http request', [
    `expected a body of at most ${String(limit)} bytes`,
  ]);
