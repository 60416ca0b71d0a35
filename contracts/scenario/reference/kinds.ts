import { syllables } from './names.ts';
import { LEAST_MEMBERS } from './share-out.ts';

export type MemberKind = 'person' | 'trader' | 'organisation';

const stem = { person: 'paya', trader: 'ferm', organisation: 'orga' } as const;

/** Who stands at a place: in the second ten two organisations and two farms, then one of either in every eight; the person before represents it. */
export function kindAt(place: number): { readonly kind: MemberKind; readonly number: number } {
  if (place < LEAST_MEMBERS) return { kind: 'person', number: place };
  if (place < 2 * LEAST_MEMBERS) {
    const odd = (place - 11) / 2;
    if (!Number.isInteger(odd) || odd > 3) return { kind: 'person', number: place };
    return { kind: odd % 2 === 0 ? 'organisation' : 'trader', number: Math.floor(odd / 2) };
  }
  const eighth = (place - 23) / 8;
  if (!Number.isInteger(eighth)) return { kind: 'person', number: place };
  const third = Math.floor(eighth / 3);
  return eighth % 3 === 2
    ? { kind: 'organisation', number: 2 + third }
    : { kind: 'trader', number: 2 + 2 * third + (eighth % 3) };
}

export const accountAt = (index: number, place: number, offset: number): string =>
  `${stem[kindAt(place).kind]}${syllables(index, offset)}`;
