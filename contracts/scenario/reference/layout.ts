import { goods } from './goods.ts';
import { readTable, wordsIn } from './table.ts';

/**
 * The six cooperatives that the region is drawn from. A larger region repeats them in the same order: rounds of six, each with its
 * own sections and points in the same places.
 */
export type CoopPlan = {
  readonly coop: string;
  readonly title: string;
  readonly legal_form: string;
  readonly oktmo: string;
  /** Against the others': how many of the members are here. */
  readonly weight: number;
  readonly sections: readonly SectionPlan[];
  readonly points: readonly PointPlan[];
};

export type SectionPlan = {
  readonly kind: 'geographic' | 'functional';
  readonly title: string;
  readonly oktmo: string;
};

export const roles = ['counter', 'depot', 'dairy', 'works', 'kitchen', 'elevator'] as const;
export type PointRole = (typeof roles)[number];

export type PointPlan = {
  readonly key: string;
  /** Place of the section in its cooperative's list. */
  readonly section: number;
  readonly oktmo: string;
  readonly title: string;
  readonly role: PointRole;
  readonly products: readonly string[];
  /** Keys of the points that this one sends to. */
  readonly sends: readonly string[];
};

export type OrganisationPlan = {
  readonly section: number;
  readonly oktmo: string;
  readonly title: string;
  readonly uses: Use;
  readonly makes: readonly string[];
  readonly people: number;
  readonly scale: number;
};

/** What goods issued to a member are for; `own` is the market's `ownuse`. */
export type Use = 'own' | 'catering' | 'trade' | 'processing';

const sectionRows = readTable('sections.csv', import.meta.url);
const pointRows = readTable('points.csv', import.meta.url);
const organisationRows = readTable('organisations.csv', import.meta.url);

function oneOf<T extends string>(known: readonly T[], word: string): T {
  const found = known.find((item) => item === word);
  if (found === undefined) throw new RangeError(`one of ${known.join(', ')} expected, got ${word}`);
  return found;
}

function sectionsOf(coop: string): SectionPlan[] {
  return sectionRows
    .filter((row) => row('coop') === coop)
    .map((row) => ({
      kind: oneOf(['geographic', 'functional'], row('kind')),
      title: row('title'),
      oktmo: row('oktmo'),
    }));
}

function placeOf(sections: readonly SectionPlan[], title: string): number {
  const at = sections.findIndex((section) => section.title === title);
  if (at < 0) throw new RangeError(`a section of the cooperative expected, got ${title}`);
  return at;
}

/** Goods named one by one, by basket group (`@milk`), or `*`: all of them. */
const handled = (words: readonly string[]): string[] =>
  goods
    .filter(({ product, basket_group }) =>
      ['*', product, `@${basket_group}`].some((word) => words.includes(word)),
    )
    .map(({ product }) => product);

function pointsOf(coop: string, sections: readonly SectionPlan[]): PointPlan[] {
  return pointRows
    .filter((row) => row('coop') === coop)
    .map((row) => ({
      key: row('key'),
      section: placeOf(sections, row('section')),
      oktmo: row('oktmo'),
      title: row('title'),
      role: oneOf(roles, row('role')),
      products: handled(wordsIn(row, 'handles')),
      sends: wordsIn(row, 'sends'),
    }));
}

/** Organisations of a cooperative in the order in which they join; the first two are there from the start. */
export function organisationsOf({ coop, sections }: CoopPlan): OrganisationPlan[] {
  return organisationRows
    .filter((row) => row('coop') === coop)
    .map((row) => ({
      section: placeOf(sections, row('section')),
      oktmo: row('oktmo'),
      title: row('title'),
      uses: oneOf(['own', 'catering', 'trade', 'processing'], row('uses')),
      makes: wordsIn(row, 'makes'),
      people: Number(row('people')),
      scale: Number(row('scale')),
    }));
}

export const coopPlans: readonly CoopPlan[] = readTable('coops.csv', import.meta.url).map((row) => {
  const coop = row('coop');
  const sections = sectionsOf(coop);
  return {
    coop,
    title: row('title'),
    legal_form: row('legal_form'),
    oktmo: row('oktmo'),
    weight: Number(row('weight')),
    sections,
    points: pointsOf(coop, sections),
  };
});
