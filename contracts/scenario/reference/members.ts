import { seededRandom, type Random } from '../random.ts';
import { planOf } from './coops.ts';
import type { Maker } from './goods.ts';
import { accountAt, kindAt, type MemberKind } from './kinds.ts';
import { type Means, type MemberPlace, organisation, person, trader } from './means.ts';
import { LEAST_MEMBERS } from './share-out.ts';

export type Member = Means & {
  /** From 0, cooperative after cooperative. */
  readonly index: number;
  readonly account: string;
  readonly kind: MemberKind;
  /** Place of the cooperative, from 0, and place of the member in it: 0 is the council's chair, 1–4 its other seats. */
  readonly coop: number;
  readonly place: number;
  /** Account of the person who signs for an organisation or a trader; empty for a person. */
  readonly representative: string;
  readonly maker: Maker;
  /** When the member joins and leaves, as a share of the time played; founders join at 0. */
  readonly joins: number;
  readonly leaves?: number;
  /** Another cooperative that the member joins too, later. */
  readonly alsoIn?: number;
};

const makerOf = { person: 'household', trader: 'farm', organisation: 'organisation' } as const;

/** The member at a place; the same for the same seed and scale, whoever else was asked for. */
export function memberAt(at: MemberPlace): Member {
  const { kind } = kindAt(at.place);
  const random = seededRandom(`member ${at.index} of ${at.seed}`);
  const plan = planOf(at.coop);
  const common = {
    index: at.index,
    account: accountAt(at.index, at.place, at.offset),
    kind,
    coop: at.coop,
    place: at.place,
    maker: makerOf[kind],
    representative: kind === 'person' ? '' : accountAt(at.index - 1, at.place - 1, at.offset),
  };
  const life = lifeOf(at, random);
  if (kind === 'organisation') return { ...common, ...organisation(at, plan, random), ...life };
  return { ...common, ...(kind === 'trader' ? trader(at, plan, random) : person(at, plan, random)), ...life };
}

/** Founders and the organisations of the second ten are there from the start; who represents another never leaves. */
function lifeOf(at: MemberPlace, random: Random): Pick<Member, 'joins' | 'leaves' | 'alsoIn'> {
  const joins = joinsAt(at);
  const { kind } = kindAt(at.place);
  if (at.place < LEAST_MEMBERS || kind !== 'person' || kindAt(at.place + 1).kind !== 'person')
    return { joins };
  const luck = random.next();
  if (luck < 0.03) return { joins, leaves: joins + (1 - joins) * (0.3 + 0.6 * random.next()) };
  if (luck < 0.05 && at.coops > 1)
    return { joins, alsoIn: (at.coop + random.int(1, at.coops - 1)) % at.coops };
  return { joins };
}

/** Nearly half from the start, the rest over time in the order of their places. */
function joinsAt({ place, of }: MemberPlace): number {
  const early = Math.max(2 * LEAST_MEMBERS, Math.ceil(of * 0.45));
  return place < early ? 0 : (0.95 * (place - early + 1)) / (of - early);
}
