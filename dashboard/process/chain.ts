import type { Logger } from 'pino';
import type { ZakromaConfig } from '../../zakroma.config.ts';
import type { ChainAddress, ChainMessage, Failure, Head } from './messages.ts';
import { startDevnet } from './chain-devnet.ts';
import { startExternal } from './chain-external.ts';
import { startRealNode } from './chain-nodeos.ts';

/** What a chain tells while it runs. */
export type ChainNews =
  | ({ readonly type: 'head' } & Head)
  | Extract<ChainMessage, { readonly type: 'progress' | 'built' }>
  | Failure;

/** A running chain: embedded, a real node started here, or somebody's node. `address` rejects when it never answers. */
export type Chain = {
  readonly address: Promise<ChainAddress>;
  readonly startBlock: number;
  readonly stop: () => Promise<void>;
};

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
