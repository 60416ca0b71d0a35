import { goodOf, products } from '../reference/goods.ts';
import type { Member } from '../reference/members.ts';
import type { Point } from '../reference/coops.ts';
import type { Coop } from '../reference/reference.ts';
import type { Programme } from '../reference/programmes.ts';
import type { Region } from '../plan.ts';
import { sharePart } from './purses.ts';

/** Bounds what is remembered of members: a large region's are worked out again. */
const MEMBERS_KEPT = 50_000;

/** The reference data as acts ask for it, and what has changed in it since the founding. */
export type World = ReturnType<typeof createWorld>;

export function createWorld(region: Region) {
  const { seed, reference } = region;
  const points = new Map<number, Point>();
  const coops = new Map<number, Coop>();
  const members = new Map<number, Member>();
  const chairs = new Map<number, string>();
  const residences = new Map<string, string>();
  const movedVotes = new Set<string>();
  const programmes = new Map<number, readonly Programme[]>();

  function member(index: number): Member {
    let known = members.get(index);
    if (known !== undefined) return known;
    if (members.size === MEMBERS_KEPT) members.clear();
    members.set(index, (known = reference.member(index)));
    return known;
  }
  function point(id: number): Point {
    let known = points.get(id);
    if (known === undefined) points.set(id, (known = reference.point(id)));
    return known;
  }
  function coop(index: number): Coop {
    let known = coops.get(index);
    if (known === undefined) coops.set(index, (known = reference.coop(index)));
    return known;
  }
  function programmesOf(index: number): readonly Programme[] {
    let known = programmes.get(index);
    if (known === undefined) programmes.set(index, (known = reference.programmesOf(index)));
    return known;
  }
  /** Where a cooperative has no programme for growth, that for goods serves. */
  function programme(index: number, purpose: Programme['for']): Programme {
    const found = programmesOf(index).find((one) => one.for === purpose) ?? programmesOf(index)[0];
    if (found === undefined)
      throw new RangeError(`a programme of cooperative ${index} expected, it has none`);
    return found;
  }
  const chairOf = (section: number): string => chairs.get(section) ?? reference.chair(section);
  return {
    region,
    seed,
    /** Looks at people's papers for the registry. */
    verifier: 'proverka',
    reference,
    coop,
    point,
    member,
    chairOf,
    chairAt: (id: number): string => chairOf(point(id).section),
    robot: robotOf,
    good: goodOf,
    unitOf,
    programme,
    programmesOf,
    /** The programme under which goods change hands at a point. */
    programmeAt: (id: number): number => programme(point(id).coop, 'goods').id,
    /** The share part of a contribution of goods, kopecks. */
    shareOf: (value: number, index: number, purpose: Programme['for'] = 'goods'): number =>
      sharePart(value, programme(index, purpose).share_ppm),
    residenceOf: ({ account, residence }: Member): string => residences.get(account) ?? residence,
    /** The council gave a section another chair. */
    setChair: (section: number, account: string): void => void chairs.set(section, account),
    /** The vote was moved to another section, or the member helps in one: what else is asked of either would be refused. */
    moveVote: ({ account }: Member): void => void movedVotes.add(account),
    hasMovedVote: ({ account }: Member): boolean => movedVotes.has(account),
    moveTo: (account: string, oktmo: string): void => void residences.set(account, oktmo),
  };
}

const units = new Map(products.map(({ product, unit }) => [product, unit]));
function unitOf(product: string): string {
  const unit = units.get(product);
  if (unit === undefined) throw new RangeError(`a product of the region expected, got ${product}`);
  return unit;
}

/** Account of the robot that admits members in the council's name: `robot` and the cooperative's number in letters. */
function robotOf(coop: number): string {
  let name = '';
  for (let left = coop + 1; left > 0; left = Math.floor((left - 1) / 26))
    name = String.fromCharCode(97 + ((left - 1) % 26)) + name;
  return `robot${name}`;
}
