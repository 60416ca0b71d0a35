import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Stamped } from './cache.ts';

/** Sends the answer under a tag of its data's version, or 304 when the reader already has it. */
export function answerTagged<T extends object>(
  request: Pick<FastifyRequest, 'headers'>,
  reply: Pick<FastifyReply, 'header' | 'status'>,
  answer: Stamped<T>,
  more = '',
): Stamped<T> {
  reply.header('cache-control', 'no-cache');
  if (answer.stale) return answer;
  const tag = `W/"${answer.version}${more}"`;
  reply.header('etag', tag);
  if (request.headers['if-none-match'] !== tag) return answer;
  // Sent: fastify takes the reply itself for an answer that needs no body.
  return reply.status(304).send() as never;
}
