import type { Member } from '../reference/members.ts';
import type { Day } from './day.ts';
import type { Lot } from './shelf.ts';
import type { World } from './world.ts';

/** A lot at an open point that fits; a few points are looked at, so that it costs as little in a large region. */
export function someLot({ life, isOpen }: Day, fits: (lot: Lot) => boolean = () => true): Lot | undefined {
  const { random, shelf } = life;
  const points = shelf.points();
  for (let tries = Math.min(12, points.length); tries > 0; tries--) {
    const point = random.pick(points);
    if (!isOpen(point)) continue;
    const products = shelf.productsAt(point);
    if (products.length === 0) continue;
    const found = shelf.lots(point, random.pick(products)).find(fits);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A person of the cooperative who is here, not of its council, as its first members are, and chair of no section. */
export function somePerson(
  { life, people }: Day,
  coop: number,
  home?: string,
  fits: (member: Member) => boolean = () => true,
): Member | undefined {
  const { world, random } = life;
  const oktmo = home ?? random.pick(world.reference.pointsOf(coop)).oktmo;
  const living = people.residents(oktmo, coop);
  for (let tries = Math.min(8, living.length); tries > 0; tries--) {
    const member = world.member(random.pick(living));
    const isOrdinary =
      member.kind === 'person' &&
      member.place >= ORDINARY &&
      world.chairOf(member.section) !== member.account &&
      !represents(world, member);
    if (isOrdinary && people.isHere(member.index) && fits(member)) return member;
  }
  return undefined;
}

const LONG = 64;
const TRIES = 16;

/** One of a list that fits, any with the same chance; in a long list by trying, so that an act costs the same in every region. */
export function pickFitting<T>(
  random: Day['life']['random'],
  list: readonly T[],
  fits: (one: T) => boolean,
): T | undefined {
  for (let tries = list.length > LONG ? TRIES : 0; tries > 0; tries--) {
    const one = random.pick(list);
    if (fits(one)) return one;
  }
  const fitting = list.filter(fits);
  return fitting.length === 0 ? undefined : random.pick(fitting);
}

/**
 * One in eight, for one who loses a key to be among them. A chain does not tell who has another key than the demo's: live acts are made by
 * the others.
 */
export const mayLoseKey = ({ place }: Pick<Member, 'place'>): boolean => place % 8 === 3;

/** Who represents an organisation stays one who can. */
function represents(world: World, { index, account }: Member): boolean {
  return index + 1 < world.reference.members && world.member(index + 1).representative === account;
}

/** Places before are of the council, the cashier and who represents organisations. */
const ORDINARY = 10;

export const someCoop = ({ life: { world, random } }: Day): number =>
  random.int(0, world.reference.coops - 1);
