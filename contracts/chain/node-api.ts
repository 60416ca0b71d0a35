import { ChainError } from './driver.ts';

/** The node could not be asked at all: wrong address, not started, network down. The request may be tried again. */
export class ChainUnreachable extends Error {
  override readonly name = 'ChainUnreachable';
}

type NodeError = { code: number; name: string; what: string; details: { message: string }[] };

/** One POST to a node's chain API; the answer is whatever JSON the node gives. */
export type NodeApi = <Answer>(path: string, body: unknown) => Promise<Answer>;

const asNodeError = (body: unknown): NodeError | undefined => (body as { error?: NodeError } | null)?.error;

/** Console output is no reason: nodeos adds it to every refusal. */
const isReason = (message: string): boolean => !message.startsWith('pending console output');

/**
 * The chain API of a nodeos-compatible node at `url`, for example http://127.0.0.1:8888.
 * Throws `ChainError` with the node's own code and texts, `ChainUnreachable` where no JSON answer came in `timeoutMs`.
 */
export function nodeApi(url: string, timeoutMs = 20_000): NodeApi {
  return async <Answer>(path: string, body: unknown): Promise<Answer> => {
    const address = new URL(`v1/chain/${path}`, url.endsWith('/') ? url : `${url}/`);
    let answer: unknown;
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      answer = await response.json();
      if (response.ok) return answer as Answer;
    } catch (cause) {
      throw new ChainUnreachable(
        `a node's chain API expected at ${url}, but ${path} gave no answer: ${String(cause)}`,
        {
          cause,
        },
      );
    }
    const error = asNodeError(answer);
    if (error === undefined)
      throw new ChainUnreachable(
        `a node's chain API expected at ${url}, but ${path} gave ${JSON.stringify(answer)}`,
      );
    const details = error.details.map(({ message }) => message).filter(isReason);
    throw new ChainError(error.code, error.name, error.what, details);
  };
}
