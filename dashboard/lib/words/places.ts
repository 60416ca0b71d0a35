import type { Territory } from '../../api/wire.ts';
import type { Messages } from '../messages/index.ts';

/** A territory by its title; a country by its ISO code; nobody's by the word. */
export function placeTitle(code: string, title: string, m: Messages): string {
  if (title) return title;
  if (code === '') return m.unknownPlace;
  if (/^[A-Z]{2}$/.test(code)) return new Intl.DisplayNames([m.lang], { type: 'region' }).of(code) ?? code;
  return code;
}

/** Acts of which both ends are somewhere: an end without a place is unknown. Of the others it is nowhere. */
const TRAVELS = ['accept', 'ship', 'receive', 'sellout', 'issue', 'return'];

/** Where an act began or ended; '' when goods were only used, counted, lost or made. */
export function endTitle(
  act: { kind: string; status: string },
  code: string,
  title: string,
  m: Messages,
): string {
  const isNowhere = code === '' && !TRAVELS.includes(act.kind === 'reverse' ? act.status : act.kind);
  return isNowhere ? '' : placeTitle(code, title, m);
}

/** A title without «(вымышленная)»: for a page that says so beside it. */
export const withoutMark = (title: string) => title.replace(/\s*\((вымышленн|fictional)[^)]*\)$/i, '');

/** The territory and its parents under such titles. */
export const unmarked = (territory: Territory): Territory => ({
  ...territory,
  title: withoutMark(territory.title),
  parents: territory.parents.map((parent) => ({ ...parent, title: withoutMark(parent.title) })),
});

/** A word of a closed list of the chain; the chain's own word when the list is younger than it. */
export const word = (words: Readonly<Record<string, string>>, key: string): string => words[key] ?? key;
