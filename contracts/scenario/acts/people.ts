import type { Maker } from '../reference/goods.ts';
import type { Member } from '../reference/members.ts';
import type { World } from './world.ts';

export type People = ReturnType<typeof createPeople>;

/**
 * Who may act now, as places in the region's list of members: who lives where, and who makes what there. A large region's members are
 * numbers here, worked out again when one is picked.
 */
export function createPeople(world: World) {
  const residents = new Map<string, number[]>();
  const makers = new Map<string, number[]>();
  const absent = new Set<number>();
  const add = (map: Map<string, number[]>, key: string, index: number): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [index]);
    else known.push(index);
  };
  const present = (map: Map<string, number[]>, key: string): readonly number[] => map.get(key) ?? [];
  return {
    /** A member may bring and take from now on. */
    enter(member: Member): void {
      const { index, coop, makes, maker, uses } = member;
      const residence = world.residenceOf(member);
      if (uses === 'own') add(residents, `${residence} ${coop}`, index);
      for (const product of makes) add(makers, `${residence} ${product} ${maker}`, index);
    },
    leave: ({ index }: Member): void => void absent.add(index),
    isHere: (index: number): boolean => !absent.has(index),
    residents: (oktmo: string, coop: number): readonly number[] => present(residents, `${oktmo} ${coop}`),
    makers: (oktmo: string, product: string, maker: Maker): readonly number[] =>
      present(makers, `${oktmo} ${product} ${maker}`),
  };
}
