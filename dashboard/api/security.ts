import type { FastifyInstance } from 'fastify';

/** Data and files are no page: nothing in them may run, load or be framed. Pages replace the policy by one with their nonce. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Puts the headers on every answer, whoever writes it: pages, files and the stream of news write past fastify. */
export function secureAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    for (const [name, value] of Object.entries(HEADERS)) reply.raw.setHeader(name, value);
    await Promise.resolve();
  });
}
