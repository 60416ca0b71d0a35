import { Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Failure, Stop } from './messages.ts';
import { messageOf } from './errors.ts';

export type WorkerHandle = { readonly stop: () => Promise<void> };

/** How long a worker may take to end by itself before it is ended. */
const patienceMs = 10_000;

/** Starts a thread of this folder; its messages and its death come to `onMessage`. `stop` resolves when it has ended. */
export function startWorker<Message extends { readonly type: string }>(
  file: string,
  workerData: object,
  transferList: readonly MessagePort[],
  onMessage: (message: Message | Failure) => void,
): WorkerHandle {
  const worker = new Worker(new URL(file, import.meta.url), { workerData, transferList: [...transferList] });
  let isStopping = false;
  let hasFailed = false;
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      if (!isStopping && !hasFailed)
        onMessage({ type: 'failed', message: `${file} ended with code ${code}`, fatal: true });
      resolve();
    });
  });
  worker.on('message', (message: Message | Failure) => {
    hasFailed ||= message.type === 'failed';
    onMessage(message);
  });
  worker.on('error', (error) => {
    hasFailed = true;
    onMessage({ type: 'failed', message: messageOf(error), fatal: true });
  });
  return {
    async stop() {
      isStopping = true;
      worker.postMessage({ type: 'stop' } satisfies Stop);
      const timer = setTimeout(() => void worker.terminate(), patienceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
