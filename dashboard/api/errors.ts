import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { EXPECTED } from './expected.ts';

/** An answer that is not data; `parameter` names what to change, `expected` says into what. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly parameter: string | undefined;
  readonly expected: string | undefined;

  constructor(status: number, code: string, message: string, parameter?: string, expected?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.parameter = parameter;
    this.expected = expected;
  }
}

/** 400 that names the parameter. The value itself is not repeated: it may be anything. */
export function badParameter(parameter: string, expected = EXPECTED[parameter] ?? 'another value'): ApiError {
  const message = `Parameter "${parameter}": expected ${expected}.`;
  return new ApiError(400, 'bad-parameter', message, parameter, expected);
}

export const notFound = (what: string) => new ApiError(404, 'not-found', `${what} is not registered.`);

/** A chain without a single territory: figures can only come later. */
export const nothingYet = () =>
  new ApiError(503, 'building', 'No territory is registered yet; figures appear by themselves.');

/** Which parameter a failed schema speaks of: an unknown one, or the one at the failed path. */
function fromValidation(error: FastifyError): ApiError | null {
  const first = error.validation?.[0];
  if (!first) return null;
  const unknown = first.params['additionalProperty'] ?? first.params['additionalProperties'];
  const name = Array.isArray(unknown) ? String(unknown[0]) : typeof unknown === 'string' ? unknown : null;
  if (name !== null) return badParameter(name.slice(0, 40), 'no such parameter here');
  return badParameter(first.instancePath.split('/')[1] ?? 'query');
}

/** Every refusal has one shape; what broke inside is logged, never sent. */
export async function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const known = error instanceof ApiError ? error : fromValidation(error);
  if (known) {
    const { code, message, parameter, expected } = known;
    if (known.status === 503) reply.header('retry-after', '2').header('cache-control', 'no-store');
    return reply.status(known.status).send({ error: code, message, parameter, expected });
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return reply
      .status(error.statusCode)
      .send({ error: 'bad-request', message: 'The request cannot be read.' });
  }
  request.log.error({ err: error }, 'request failed');
  return reply
    .status(error.name === 'WarehouseError' ? 503 : 500)
    .send({ error: 'unavailable', message: 'The data cannot be read now. Try again in a minute.' });
}
