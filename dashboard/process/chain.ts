import type { Logger } from 'pino';
import type { ZakromaConfig } from '../../zakroma.config.ts';
import type { Chain, ChainNews } from './messages.ts';
import { startDevnet } from './chain-devnet.ts';
import { startExternal } from './chain-external.ts';
import { startRealNode } from './chain-nodeos.ts';

/** Starts or reaches the chain that the configuration names. */
export async function startChain(
  config: ZakromaConfig,
  log: Logger,
  tell: (news: ChainNews) => void,
): Promise<Chain> {
  const { chain } = config;
  switch (chain.kind) {
    case 'devnet':
      return startDevnet(config, chain, tell);
    case 'nodeos':
      return startRealNode(config, chain, log, tell);
    case 'external':
      return startExternal(chain, tell);
  }
}
