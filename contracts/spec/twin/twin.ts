import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ChainDriver } from '../../chain/driver.ts';
import { httpDriver } from '../../chain/http.ts';
import { nodeApi } from '../../chain/node-api.ts';
import { createDevnet } from '../../devnet/devnet.ts';
import { serveShip } from '../../devnet/ship/server.ts';
import { startNodeos } from '../../nodeos/nodeos.ts';
import { historyOf } from './history.ts';
import { type Judged, replay } from './replay.ts';

/** A fresh real node whose blocks the embedded chain can make over again. */
export type Twin = {
  /** Drives the node. */
  readonly driver: ChainDriver;
  readonly shipUrl: string;
  /**
   * Makes the node's blocks so far over again on an embedded chain, from the same bytes of the same transactions. Throws where
   * the two differ in what they refuse and why, in traces (receipts and billed memory too) or in rows.
   */
  readonly mirror: () => Promise<Mirror>;
  /** Ends the node, and the embedded chain if there is one. */
  readonly close: () => Promise<void>;
};

/** The embedded chain that has made the same blocks, all final; `last` is the number of the last of them. */
export type Mirror = { readonly shipUrl: string; readonly last: number };

export async function openTwin(): Promise<Twin> {
  const dir = await mkdtemp(join(tmpdir(), 'zakroma-twin-'));
  const node = await startNodeos({ dir });
  const judged: Judged[] = [];
  // Block 1 is the same on both chains, so a transaction that refers to it is good on both.
  const api = nodeApi(node.httpUrl);
  const genesis = await api<{ id: string; timestamp: string }>('get_block', { block_num_or_id: 1 });
  const driver = httpDriver({
    ...{ url: node.httpUrl, settle: 'accepted', referenceId: genesis.id },
    onJudged: (sent, refused) => judged.push({ sent, refused }),
  });
  const closers: (() => Promise<void> | void)[] = [
    () => driver.close(),
    () => node.stop(),
    () => rm(dir, { recursive: true, force: true }),
  ];
  return {
    driver,
    shipUrl: node.shipUrl,
    async mirror() {
      const { chainId, headBlockNum } = await driver.info();
      // What the node has accepted is at the latest in the block after head.
      const last = headBlockNum + 1;
      const theirs = await historyOf(node.shipUrl, 2, last);
      const genesisTime = Date.parse(`${genesis.timestamp}Z`);
      const devnet = createDevnet({ genesisTime, finalityLag: 0 });
      const ship = await serveShip(devnet, { port: 0 });
      closers.push(
        () => ship.close(),
        () => {
          devnet.close();
        },
      );
      expect(devnet.chainId).toBe(chainId);
      expect(replay(devnet, judged, theirs)).toEqual([]);
      const ours = await historyOf(ship.url, 2, last);
      for (const [at, block] of theirs.entries()) expect(ours[at]).toEqual(block);
      return { shipUrl: ship.url, last };
    },
    async close() {
      for (const end of closers) await end();
    },
  };
}
