import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainDriver } from '../chain/driver.ts';
import { acceptBought, acceptFromMember, type Source } from './accept.ts';
import type { Act, Moment } from './act.ts';
import { receive, ship } from './carry.ts';
import { type Buyer, clearOut, issue, sellout } from './give.ts';
import type { Region } from './plan.ts';
import { sendAct } from './play.ts';
import { type Random, seededRandom } from './random.ts';
import { productNames } from './season.ts';
import { readShelf, type Shelf } from './shelf.ts';

export type LiveOptions = {
  readonly signal: AbortSignal;
  /** Milliseconds between two acts. */
  readonly everyMs: number;
  /** Where the choice of acts comes from; by default from the seed and the market's counter, so a restart brings new acts. */
  readonly random?: Random;
  readonly log?: { info(message: string): void; warn(message: string): void };
};

const DAY_MS = 86_400_000;
const sources: readonly Source[] = ['neighbour', 'neighbour', 'unknown', 'region', 'country'];
const buyers: readonly Buyer[] = ['market', 'market', 'school', 'outside', 'outside', 'abroad'];
const always = (): boolean => true;

/**
 * Goes on living in the present on a chain that has the region: one plausible act every `everyMs` until the signal.
 * A refusal or an unreachable chain is logged, stocks are read from the chain anew, and life goes on.
 */
export async function liveActs(driver: ChainDriver, region: Region, options: LiveOptions): Promise<void> {
  const { signal, everyMs, log } = options;
  let random = options.random;
  let shelf: Shelf | undefined;
  while (!signal.aborted) {
    try {
      const at = Date.now();
      shelf ??= await readShelf(driver, at - DAY_MS);
      random ??= seededRandom(`life of ${region.seed} from act ${shelf.acts}`);
      const act = nextAct({ at, random, shelf, members: region.members, seed: region.seed });
      if (act !== undefined) {
        await sendAct(driver, region, act);
        log?.info(`act ${act.after.acts}: ${act.stories.join(', ')}`);
      }
    } catch (error) {
      shelf = undefined;
      log?.warn(`an act was refused, life goes on: ${String(error)}`);
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** An act out of the mix that a usual day has; undefined where the chosen kind has nothing to work with. */
export function nextAct(moment: Moment): Act | undefined {
  const { random, shelf } = moment;
  const dice = random.next();
  if (dice < 0.38) return issue(moment, always);
  if (dice < 0.62) return acceptFromMember(moment, random.pick(productNames), always);
  if (dice < 0.69) return acceptBought(moment, random.pick(sources), always);
  if (dice < 0.78) return ship(moment, always);
  if (dice < 0.87)
    return shelf.onTheWay.length > 0 ? receive(moment, random.pick(shelf.onTheWay)) : ship(moment, always);
  if (dice < 0.96) return sellout(moment, random.pick(buyers), always);
  return clearOut(moment, always);
}
