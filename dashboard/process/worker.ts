import { Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { messageOf } from './errors.ts';
import type {
  ChainMessage,
  ChainWorkerData,
  Failure,
  IndexerMessage,
  IndexerWorkerData,
  Stop,
} from './messages.ts';

/** The threads of this folder, `<name>.worker.ts`: what each is started with and what it says. */
type Workers = {
  readonly chain: { readonly data: ChainWorkerData; readonly message: ChainMessage };
  readonly indexer: { readonly data: IndexerWorkerData; readonly message: IndexerMessage };
};

export type WorkerHandle = { readonly stop: () => Promise<void> };

/** How long a worker may take to end by itself before it is ended. */
const patienceMs = 10_000;

/** Starts a thread; its messages and its death come to `onMessage`. `stop` resolves when it has ended. */
export function startWorker<Name extends keyof Workers>(
  name: Name,
  workerData: Workers[Name]['data'],
  transferList: readonly MessagePort[],
  onMessage: (message: Workers[Name]['message'] | Failure) => void,
): WorkerHandle {
  const url = new URL(`./${name}.worker.ts`, import.meta.url);
  const worker = new Worker(url, { workerData, transferList: [...transferList] });
  let isStopping = false;
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      if (!isStopping && !hasEnded) {
        onMessage({ type: 'failed', message: `the ${name} thread ended with code ${code}`, fatal: true });
      }
      resolve();
    });
  });
  worker.on('message', (message: Workers[Name]['message']) => {
    hasEnded ||= message.type === 'failed' || message.type === 'done';
    onMessage(message);
  });
  worker.on('error', (error) => {
    hasEnded = true;
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
