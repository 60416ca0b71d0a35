import { setTimeout } from 'node:timers/promises';
import { httpDriver } from '../../contracts/chain/http.ts';
import type { ZakromaConfig } from '../../zakroma.config.ts';
import type { Chain, ChainNews } from './messages.ts';
import { messageOf } from './errors.ts';

type External = Extract<ZakromaConfig['chain'], { readonly kind: 'external' }>;

const everyMs = 1000;

/** Somebody's node: only asked, never written to. Throws when it does not answer or is another chain than the expected one. */
export async function startExternal(chain: External, tell: (news: ChainNews) => void): Promise<Chain> {
  const driver = httpDriver({ url: chain.httpUrl });
  const { chainId } = await driver.info();
  if (chain.chainId !== undefined && chain.chainId !== chainId) {
    throw new Error(`${chain.httpUrl}: expected chain ${chain.chainId}, it is chain ${chainId}`);
  }
  const watching = watchHead(driver, tell);
  return {
    address: Promise.resolve({ httpUrl: chain.httpUrl, shipUrls: chain.shipUrls, chainId }),
    startBlock: chain.startBlock,
    async stop() {
      await watching.stop();
      await driver.close();
    },
  };
}

/** Asks the node once a second where it stands. A node that is away tells nothing: the status board sees the silence. */
export function watchHead(
  driver: Pick<ReturnType<typeof httpDriver>, 'info'>,
  tell: (news: ChainNews) => void,
  onAway: (reason: string) => void = () => undefined,
): { stop: () => Promise<void> } {
  const abort = new AbortController();
  let head = 0;
  const look = async (): Promise<void> => {
    try {
      const info = await driver.info();
      if (info.headBlockNum === head) return;
      head = info.headBlockNum;
      tell({ type: 'head', head, headTime: info.headBlockTime, lib: info.lastIrreversibleBlockNum });
    } catch (error) {
      onAway(messageOf(error));
    }
  };
  const watching = (async () => {
    await look();
    try {
      for (;;) {
        await setTimeout(everyMs, undefined, { signal: abort.signal });
        await look();
      }
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
  })();
  return {
    async stop() {
      abort.abort();
      await watching;
    },
  };
}
