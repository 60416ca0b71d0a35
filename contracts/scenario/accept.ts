import { assetText, roubles, weighed } from './amounts.ts';
import {
  type Act,
  chairOf,
  coopOf,
  country,
  documentHash,
  finished,
  type Moment,
  nowhere,
  type Story,
  terms,
  territory,
  unitOf,
} from './act.ts';
import type { Member } from './people.ts';
import { ALTAI, CITY, COUNTRIES, FOREST, type Point, points, STEPPE } from './reference.ts';
import { habitOf, plenty, priceAt } from './season.ts';
import type { Place } from './shelf.ts';

type Delivery = {
  readonly point: Point;
  readonly product: string;
  readonly quantity: number;
  readonly producer: string;
  readonly producerKind: string;
  readonly origin: Place;
  /** 0 unknown, 1 declared, 2 document, 3 inspected. */
  readonly evidence: number;
  readonly story: Story;
};

const producerKinds = { person: 'household', trader: 'farm', organisation: 'organisation' } as const;
const REJECTIONS = ['механические повреждения', 'влажность выше нормы', 'повреждена упаковка'] as const;

/** A member brings what the season gives to a point of the section, preferably in the home district; none where nobody makes it. */
export function acceptFromMember(
  moment: Moment,
  product: string,
  isOpen: (point: Point) => boolean,
): Act | undefined {
  const { random, members, at } = moment;
  const makers = members.filter(
    ({ makes, section }) => makes.includes(product) && pointFor(section, product, isOpen).length > 0,
  );
  if (makers.length === 0) return undefined;
  const maker = random.pick(makers);
  const open = pointFor(maker.section, product, isOpen);
  const near = open.filter(({ oktmo }) => oktmo === maker.residence);
  const quantity = habitOf(product).delivery * maker.scale * plenty(product, at) * (0.5 + random.next());
  return delivered(moment, {
    point: random.pick(near.length > 0 ? near : open),
    product,
    quantity,
    producer: maker.account,
    producerKind: producerKinds[maker.kind],
    origin: territory(maker.residence),
    evidence: evidenceOf(maker, random.next()),
    story: 'from a member',
  });
}

const pointFor = (section: number, product: string, isOpen: (point: Point) => boolean): Point[] =>
  points.filter((point) => point.section === section && point.products.includes(product) && isOpen(point));

function evidenceOf({ kind }: Member, chance: number): number {
  if (kind === 'person') return chance < 0.8 ? 1 : 2;
  return chance < 0.6 ? 2 : 3;
}

export type Source = 'neighbour' | 'unknown' | 'region' | 'country';

/** Goods that are not a member's own: from a neighbour, from nobody knows where, from another region or country. */
export function acceptBought(
  moment: Moment,
  source: Source,
  isOpen: (point: Point) => boolean,
): Act | undefined {
  const { random } = moment;
  const open = points.filter((point) => [1, 2, 5, 6].includes(point.id) && isOpen(point));
  if (open.length === 0) return undefined;
  const point = random.pick(open);
  const product = random.pick(point.products.filter((name) => name !== 'bread'));
  const { delivery } = habitOf(product);
  const common = { point, product, producer: '' };
  switch (source) {
    case 'neighbour': {
      const origin = territory(random.pick([FOREST, STEPPE, STEPPE, CITY]));
      const quantity = delivery * (0.7 + random.next());
      return delivered(moment, {
        ...common,
        quantity,
        origin,
        producerKind: random.pick(['household', 'farm']),
        evidence: 1,
        story: 'bought from a non-member',
      });
    }
    case 'unknown': {
      const quantity = delivery * (0.8 + 1.2 * random.next());
      return delivered(moment, {
        ...common,
        quantity,
        origin: nowhere,
        producerKind: 'unknown',
        evidence: 0,
        story: 'unknown origin',
      });
    }
    case 'region': {
      const quantity = delivery * (1.5 + 2 * random.next());
      return delivered(moment, {
        ...common,
        quantity,
        origin: territory(ALTAI),
        producerKind: 'trader',
        evidence: 2,
        story: 'brought from another region',
      });
    }
    case 'country': {
      const quantity = delivery * (1.2 + 1.6 * random.next());
      return delivered(moment, {
        ...common,
        quantity,
        origin: country(random.pick(COUNTRIES)),
        producerKind: 'trader',
        evidence: 2,
        story: 'brought from another country',
      });
    }
  }
}

function delivered(moment: Moment, delivery: Delivery): Act {
  const { at, random, shelf } = moment;
  const { point, product, producer, origin, story } = delivery;
  const unit = unitOf(product);
  const quantity = weighed(delivery.quantity, unit);
  const isRejected = random.chance(0.05);
  const rejected = isRejected ? weighed(delivery.quantity * 0.04, unit) : 0;
  const data = {
    chair: chairOf(point.id),
    producer,
    producer_kind: delivery.producerKind,
    point_id: point.id,
    product,
    quantity: assetText(quantity, unit),
    price: roubles(priceAt(product, at, random)),
    origin,
    evidence: delivery.evidence,
    grade: random.pick([1, 1, 1, 2]),
    rejected: assetText(rejected, unit),
    reject_reason: isRejected ? random.pick(REJECTIONS) : '',
    ...terms,
    document_hash: documentHash(moment),
  };
  shelf.lots += 1;
  const coop = coopOf(point.id);
  shelf.stock.push({
    id: shelf.lots,
    coop,
    point: point.id,
    product,
    origin,
    since: at,
    accepted: quantity,
    stock: quantity,
  });
  const signers = producer === '' ? [chairOf(point.id)] : [chairOf(point.id), producer];
  return finished(moment, {
    name: 'accept',
    data,
    signers,
    stories: isRejected ? [story, 'rejected in part'] : [story],
  });
}
