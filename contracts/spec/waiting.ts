import { builtContract } from '../built.ts';
import { deploy, developmentKey } from '../chain/system.ts';
import type { World } from './world-act.ts';
import { territoryOf } from './world.ts';

const WAITING_SECONDS = 72 * 3600;
const I32_CONST = 0x41;
/** The same number of bytes as the waiting period's: a padded LEB128 of one second. */
const ONE_SECOND = [0x81, 0x80, 0x00];

/**
 * Real nodes have no time travel: there the registry is deployed with a waiting period of one second in place of 72 hours, all else
 * being the same code. Elsewhere nothing is done.
 */
export async function shortenWaiting({ driver }: World): Promise<void> {
  if (driver.travel !== undefined) return;
  const { wasm, abi } = builtContract('registry');
  await deploy(driver, 'registry', { wasm: shortened(wasm), abi }, developmentKey);
}

/** Lets the waiting period pass that ends at `due` (ISO, UTC). */
export async function passWaiting(world: World, due: string): Promise<void> {
  const { driver, act } = world;
  const end = Date.parse(`${due}Z`);
  if (driver.travel !== undefined) {
    await driver.travel(end);
    return;
  }
  // A block a transaction: each is a title of a territory that nobody uses.
  for (let turn = 0; Date.parse((await driver.info()).headBlockTime.replace(/Z?$/, 'Z')) <= end; turn++)
    await act('registry', 'setterritory', ['ano'], territoryOf('09000000', { title: `Ход ${turn}` }));
}

function shortened(wasm: Uint8Array): Uint8Array {
  const code = Buffer.from(wasm);
  const period = Buffer.from([I32_CONST, ...leb128(WAITING_SECONDS)]);
  const at = code.indexOf(period);
  if (at < 0 || code.includes(period, at + 1))
    throw new Error(`one constant of ${WAITING_SECONDS} expected in the registry's code`);
  code.set(ONE_SECOND, at + 1);
  return new Uint8Array(code);
}

/** Signed LEB128 of a positive number. */
function leb128(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const isLast = rest < 64;
    bytes.push((rest & 127) | (isLast ? 0 : 128));
    if (isLast) return bytes;
  }
}
