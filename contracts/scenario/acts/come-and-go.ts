import type { Member } from '../reference/members.ts';
import type { Day } from './day.ts';
import { eachCoop } from './founding.ts';
import { joining, joiningToo } from './join.ts';
import { drafted, type Life, newPaper } from './life.ts';
import { payOut } from './money.ts';
import { type Draft, signed } from './step.ts';

/** Members join in the order of their places in a cooperative, and a few leave. Those of the founding may act from the first day. */
export function createComers({ people }: Pick<Day, 'people'>, life: Life) {
  const { world } = life;
  const { days } = world.region;
  /** Of each cooperative, the member that joins next. */
  const next = eachCoop(life).map((coop) => world.coop(coop).from);
  const leavers = new Map<number, number[]>();
  const dayOf = (share: number): number => Math.ceil(share * days) - 1;

  function enter(member: Member): void {
    people.enter(member);
    if (member.leaves === undefined) return;
    const day = dayOf(member.leaves);
    leavers.set(day, [...(leavers.get(day) ?? []), member.index]);
  }
  function* comers(day: number): Generator<Member> {
    for (const [coop, at] of next.entries()) {
      const { to } = world.coop(coop);
      let index = at;
      for (; index < to && dayOf(world.member(index).joins) <= day; index++) yield world.member(index);
      next[coop] = index;
    }
  }
  for (const member of comers(-1)) enter(member);
  return {
    *today(day: number): Generator<Draft> {
      for (const member of comers(day)) {
        yield* joining(life, member);
        if (member.alsoIn !== undefined) yield* joiningToo(life, member, member.alsoIn);
        enter(member);
      }
      for (const index of leavers.get(day) ?? []) {
        const member = world.member(index);
        if (!people.isHere(index)) continue;
        people.leave(member);
        yield* leaving(life, member);
      }
      leavers.delete(day);
    },
  };
}
export type Comers = ReturnType<typeof createComers>;

/** One who leaves takes the share account along. */
export function* leaving(life: Life, { account, coop }: Member): Generator<Draft> {
  const balance = life.purses.balance(coop, account);
  if (balance > 0) yield payOut(life, coop, account, balance);
  const data = { account, coop: life.world.coop(coop).coop, document_hash: newPaper(life) };
  yield drafted(life, [signed('registry', 'leave', account, data)], ['left']);
}
