import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainDriver } from '../chain/driver.ts';
import { assetAmount } from './acts/amounts.ts';
import type { Day } from './acts/day.ts';
import { dayOf } from './acts/days.ts';
import { liveDraft } from './acts/live-draft.ts';
import type { Draft } from './acts/step.ts';
import type { Region } from './plan.ts';
import { readIds } from './play/counters.ts';
import { createKeyring } from './play/keyring.ts';
import { sendSigned } from './play/play.ts';
import { readLife } from './play/read-life.ts';
import { type Random, seededRandom } from './random.ts';

export type LiveOptions = {
  readonly signal: AbortSignal;
  /** Milliseconds between two acts. */
  readonly everyMs: number;
  /** Where the choice of acts comes from; by default from the seed and the market's counter, so a restart brings new acts. */
  readonly random?: Random;
  readonly log?: { info(message: string): void; warn(message: string): void };
};

/**
 * Goes on living in the present on a chain that has the region: one plausible act every `everyMs` until the signal. Others may
 * act too: what an act stands on is looked up right before it. A refusal or an unreachable chain is logged, everything is read
 * from the chain anew, and life goes on.
 */
export async function liveActs(driver: ChainDriver, region: Region, options: LiveOptions): Promise<void> {
  const { signal, everyMs, log } = options;
  const ring = createKeyring(region.seed);
  let day: Day | undefined;
  while (!signal.aborted) {
    try {
      day ??= await begin(driver, region, options.random);
      day.life.now = Date.now();
      Object.assign(day.life.ids, await readIds(driver));
      const drafts = liveDraft(day);
      if (await holds(driver, drafts)) {
        for (const draft of drafts) {
          await sendSigned(driver, ring, draft);
          log?.info(`act ${draft.after.act}: ${draft.stories.join(', ')}`);
        }
      } else day = undefined;
    } catch (error) {
      day = undefined;
      log?.warn(`an act was refused, life goes on: ${String(error)}`);
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

async function begin(driver: ChainDriver, region: Region, random?: Random): Promise<Day> {
  const { act, decision } = await readIds(driver);
  const life = await readLife(
    driver,
    region,
    random ?? seededRandom(`life of ${region.seed} from ${act} ${decision}`),
  );
  return dayOf(life.life, life.people);
}

/** Whether the chain still has what the acts take: others may have taken it meanwhile. */
async function holds(driver: ChainDriver, drafts: readonly Draft[]): Promise<boolean> {
  for (const { data } of drafts.flatMap(({ actions }) => actions)) {
    const { lot_id, quantity } = data;
    if (typeof lot_id !== 'number' || typeof quantity !== 'string') continue;
    const bound = String(lot_id);
    const [lot] = await driver.rows({
      code: 'market',
      scope: 'market',
      table: 'lots',
      lowerBound: bound,
      upperBound: bound,
    });
    if (lot === undefined || assetAmount(String(lot['stock'])) < assetAmount(quantity)) return false;
  }
  return true;
}
