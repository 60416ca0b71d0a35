import type { ZakromaConfig } from '../../zakroma.config.ts';
import type { Chain, ChainAddress, ChainNews, ChainWorkerData } from './messages.ts';
import { settleRegion } from './region.ts';
import { startWorker } from './worker.ts';

/** The embedded chain in a thread of its own, with the demo region on it. */
export function startDevnet(
  { dataDir, region, log }: ZakromaConfig,
  chain: ChainWorkerData['chain'],
  tell: (news: ChainNews) => void,
): Chain {
  const ready = Promise.withResolvers<ChainAddress>();
  ready.promise.catch(() => undefined);
  const data: ChainWorkerData = {
    dir: dataDir,
    chain,
    region: settleRegion(dataDir, region, new Date()),
    liveEveryMs: region.liveEveryMs,
    log,
  };
  const worker = startWorker('chain', data, [], (message) => {
    if (message.type === 'ready') ready.resolve(message);
    else {
      if (message.type === 'failed') ready.reject(new Error(message.message));
      tell(message);
    }
  });
  return { address: ready.promise, startBlock: 1, stop: worker.stop };
}
