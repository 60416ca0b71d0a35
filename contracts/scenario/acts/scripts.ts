import { USUAL } from '../reference/reference.ts';
import type { Day } from './day.ts';
import { councilScripts } from './scripts-council.ts';
import { dealScripts } from './scripts-deals.ts';
import { goodsScripts } from './scripts-goods.ts';
import { memberScripts } from './scripts-members.ts';
import type { Pause, Script } from './script.ts';
import type { Draft } from './step.ts';

export const allScripts: readonly Script[] = [
  ...goodsScripts,
  ...dealScripts,
  ...memberScripts,
  ...councilScripts,
];

type Running = { readonly acts: Generator<Draft | Pause>; due: number };

const isPause = (came: Draft | Pause): came is Pause => 'days' in came;
/** The first of each comes at a place of its own between these shares of the time. */
const FIRST = 0.12;
const LAST = 0.6;

/** Lets every script happen at least once where the region has what it needs, and then by its rate. */
export function createScripts(day: Day) {
  const { world, random } = day.life;
  const { days } = world.region;
  const size = world.reference.members / USUAL.members;
  const firstDay = (at: number): number =>
    Math.floor(days * (FIRST + ((LAST - FIRST) * at) / allScripts.length));
  const waiting = allScripts.map((script, at) => ({ script, from: firstDay(at) }));
  let running: Running[] = [];

  /** Acts up to the next pause or the end; tells whether there were any. */
  function* go(one: Running, today: number): Generator<Draft, boolean> {
    let any = false;
    for (;;) {
      const next = one.acts.next();
      if (next.done === true) {
        one.due = Infinity;
        return any;
      }
      any = true;
      if (isPause(next.value)) {
        one.due = today + next.value.days;
        return true;
      }
      yield next.value;
    }
  }
  return {
    *run(today: number): Generator<Draft> {
      for (const one of running) if (one.due <= today) yield* go(one, today);
      running = running.filter(({ due }) => due !== Infinity);
      for (const { script, from } of [...waiting]) {
        if (today < from) continue;
        const one = { acts: script.play(day), due: today };
        const began = yield* go(one, today);
        if (one.due !== Infinity) running.push(one);
        // Found nothing to happen to: tomorrow again.
        if (began)
          waiting.splice(
            waiting.findIndex((other) => other.script === script),
            1,
          );
      }
      for (const { rate, play } of allScripts) {
        for (let times = random.times(rate * size); times > 0; times--) {
          const one = { acts: play(day), due: today };
          yield* go(one, today);
          if (one.due !== Infinity) running.push(one);
        }
      }
    },
  };
}
