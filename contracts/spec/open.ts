import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChainDriver } from '../chain/driver.ts';
import { httpDriver } from '../chain/http.ts';
import { createDevnet } from '../devnet/devnet.ts';
import { devnetDriver } from '../devnet/driver.ts';
import { serveShip } from '../devnet/ship/server.ts';
import { startNodeos } from '../nodeos/nodeos.ts';
import { openTwin } from './twin/twin.ts';

/** A fresh chain with its state history at `shipUrl`. */
export type OpenChain = {
  readonly driver: ChainDriver;
  readonly shipUrl: string;
  readonly close: () => Promise<void>;
};

/** Opens the chain that ZAKROMA_SPEC_CHAIN names; see contracts/README.md. */
export function openChain(choice: string): Promise<OpenChain> {
  const [url = '', shipUrl] = choice.split(',');
  if (choice === 'devnet') return openDevnet();
  if (choice === 'nodeos') return openNodeos();
  if (choice === 'twin') return openBoth();
  if (url.startsWith('http') && shipUrl !== undefined) return Promise.resolve(openRunning(url, shipUrl));
  throw new Error(`ZAKROMA_SPEC_CHAIN: devnet, nodeos, twin or http://…,ws://… expected, came "${choice}"`);
}

/** Of the node that alone makes blocks, so what it accepts is in its next block. */
function openRunning(url: string, shipUrl: string): OpenChain {
  const driver = httpDriver({ url, settle: 'accepted' });
  return { driver, shipUrl, close: () => driver.close() };
}

async function openNodeos(): Promise<OpenChain> {
  const dir = await mkdtemp(join(tmpdir(), 'zakroma-spec-'));
  const node = await startNodeos({ dir });
  const { driver, shipUrl } = openRunning(node.httpUrl, node.shipUrl);
  const close = async () => {
    await driver.close();
    await node.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return { driver, shipUrl, close };
}

/** The node, and at the end the same on the embedded chain: closing fails where they differ. */
async function openBoth(): Promise<OpenChain> {
  const { driver, shipUrl, mirror, close } = await openTwin();
  return {
    driver,
    shipUrl,
    close: async () => {
      try {
        await mirror();
      } finally {
        await close();
      }
    },
  };
}

async function openDevnet(): Promise<OpenChain> {
  const devnet = createDevnet();
  const driver = devnetDriver(devnet, { owns: true });
  const ship = await serveShip(devnet, { port: 0 });
  const close = async () => {
    await ship.close();
    await driver.close();
  };
  return { driver, shipUrl: ship.url, close };
}
