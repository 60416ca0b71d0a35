import { join } from 'node:path';
import type { Logger } from 'pino';
import { httpDriver } from '../../contracts/chain/http.ts';
import { startNodeos } from '../../contracts/nodeos/nodeos.ts';
import { liveActs } from '../../contracts/scenario/live.ts';
import { playRegion, sliceOf } from '../../contracts/scenario/region.ts';
import type { ZakromaConfig } from '../../zakroma.config.ts';
import type { Chain, ChainNews } from './messages.ts';
import { watchHead } from './chain-external.ts';
import { messageOf } from './errors.ts';
import { regionOf, settleRegion } from './region.ts';

type RealNode = Extract<ZakromaConfig['chain'], { readonly kind: 'nodeos' }>;

/** A real Antelope node of our own: it is given the contracts and a slice of the scenario, played live through its HTTP API. */
export async function startRealNode(
  config: ZakromaConfig,
  { acts }: RealNode,
  log: Logger,
  tell: (news: ChainNews) => void,
): Promise<Chain> {
  const asked = settleRegion(config.dataDir, config.region, new Date());
  const node = await startNodeos({
    dir: join(config.dataDir, 'nodeos'),
    log: (line) => {
      log.info(line);
    },
  });
  const driver = httpDriver({ url: node.httpUrl, settle: 'accepted' });
  const watching = watchHead(driver, tell);
  const abort = new AbortController();
  const region = sliceOf(regionOf(asked), new Date(asked.until));

  const play = async (): Promise<void> => {
    await playRegion(driver, region, {
      limit: acts,
      signal: abort.signal,
      onProgress: (progress) => {
        tell({ type: 'progress', ...progress });
      },
    });
    tell({ type: 'built' });
    if (config.region.liveEveryMs > 0) {
      await liveActs(driver, region, { signal: abort.signal, everyMs: config.region.liveEveryMs, log });
    }
  };
  const playing = play().catch((error: unknown) => {
    if (!abort.signal.aborted) tell({ type: 'failed', message: messageOf(error), fatal: true });
  });

  const { chainId } = await driver.info();
  return {
    address: Promise.resolve({ httpUrl: node.httpUrl, shipUrls: [node.shipUrl], chainId }),
    startBlock: 1,
    async stop() {
      abort.abort();
      await playing;
      await watching.stop();
      await driver.close();
      await node.stop();
    },
  };
}
