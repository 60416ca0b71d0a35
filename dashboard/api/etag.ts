import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Stamped } from './cache.ts';

/** Sends the answer under a tag of its data's version, or 304 when the reader already has it. */
export function answerTagged<T extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Stamped<T>,
  more = '',
): Stamped<T> | FastifyReply {
  reply.header('cache-control', 'no-cache');
  if (answer.stale) return answer;
  const tag = `W/"${answer.version}${more}"`;
  reply.header('etag', tag);
  return request.headers['if-none-match'] === tag ? reply.status(304).send() : answer;
}
