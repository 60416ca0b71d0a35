import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { httpDriver } from '../../../contracts/chain/http.ts';
import type { Purchase } from './purchase.ts';

export type Load = Purchase & {
  readonly url: string;
  /** Private key of the chair, as text. */
  readonly key: string;
  readonly perSecond: number;
  readonly seconds: number;
};

/** How many were accepted, why the others were not, and when the last answer came. */
export type Loaded = {
  readonly accepted: number;
  readonly reasons: readonly string[];
  readonly seconds: number;
};

const CLIENTS = 20;

/** Signs and sends so many purchases a second; a client that is behind its time does not wait. */
async function load({ url, action, key, perSecond, seconds }: Load): Promise<Loaded> {
  const began = performance.now();
  let accepted = 0;
  const reasons: string[] = [];
  const client = async (number: number): Promise<void> => {
    const driver = httpDriver({ url, settle: 'accepted' });
    for (let at = number; at < perSecond * seconds; at += CLIENTS) {
      await sleep(Math.max(0, began + (at * 1000) / perSecond - performance.now()));
      const document_hash = at.toString(16).padStart(64, '0');
      await driver.transact([{ ...action, data: { ...action.data, document_hash } }], [key]).then(
        () => (accepted += 1),
        (error: unknown) => reasons.push(String(error)),
      );
    }
    await driver.close();
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
  return { accepted, reasons, seconds: (performance.now() - began) / 1000 };
}

parentPort?.postMessage(await load(workerData as Load));
