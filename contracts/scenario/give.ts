import { assetText, roubles, weighed } from './amounts.ts';
import {
  type Act,
  chairOf,
  country,
  documentHash,
  finished,
  type Moment,
  type Story,
  terms,
  territory,
  unitOf,
} from './act.ts';
import { ALTAI, COUNTRIES, NOVOSIBIRSK, type Point, pointOf } from './reference.ts';
import { habitOf, priceAt } from './season.ts';
import { type Lot, type Place, takeFrom } from './shelf.ts';

const DAY_MS = 86_400_000;

export type Buyer = 'market' | 'school' | 'outside' | 'abroad';

type Sale = {
  readonly lot: Lot;
  /** In the product's smallest parts. */
  readonly quantity: number;
  readonly to: Place;
  readonly recipientKind: 'ownuse' | 'catering' | 'trade' | 'processing';
  /** Price against the season's. */
  readonly share: number;
  readonly story: Story;
};

/** Goods leave the network to a buyer: at the market of the district, to a school kitchen, to another region or country. */
export function sellout(moment: Moment, buyer: Buyer, isOpen: (point: Point) => boolean): Act | undefined {
  const { at, random, shelf } = moment;
  const open = shelf.stock.filter((lot) => isOpen(pointOf(lot.point)) && isFresh(lot, at));
  const bulk = open.filter(
    (lot) => lot.stock * 3 >= lot.accepted && ['potato', 'cabbage', 'beef', 'eggs'].includes(lot.product),
  );
  const fit = buyer === 'outside' || buyer === 'abroad' ? largest(bulk) : open;
  if (fit.length === 0) return undefined;
  const lot = random.pick(fit);
  const home = territory(pointOf(lot.point).oktmo);
  const part = (from: number, to: number) =>
    Math.max(1, Math.floor(lot.stock * (from + (to - from) * random.next())));
  switch (buyer) {
    case 'market':
      return sold(moment, {
        lot,
        quantity: part(0.1, 0.3),
        to: home,
        recipientKind: 'ownuse',
        share: 1.3,
        story: 'sold in the district',
      });
    case 'school':
      return sold(moment, {
        lot,
        quantity: part(0.2, 0.5),
        to: home,
        recipientKind: 'catering',
        share: 1.1,
        story: 'delivered to a school',
      });
    case 'outside': {
      const to = territory(random.pick([ALTAI, NOVOSIBIRSK, NOVOSIBIRSK]));
      return sold(moment, {
        lot,
        quantity: part(0.5, 1),
        to,
        recipientKind: 'trade',
        share: 1.15,
        story: 'sold out of the region',
      });
    }
    case 'abroad': {
      const to = country(random.pick(COUNTRIES));
      return sold(moment, {
        lot,
        quantity: part(0.4, 0.9),
        to,
        recipientKind: 'trade',
        share: 1.2,
        story: 'sold abroad',
      });
    }
  }
}

/** Dealers from afar come for what there is most of. */
const largest = (lots: readonly Lot[]): Lot[] => [...lots].sort((a, b) => b.stock - a.stock).slice(0, 6);

const isFresh = ({ product, since }: Lot, at: number): boolean =>
  at - since < habitOf(product).keeps * DAY_MS;

/** Lots past their time at an hour. */
export const staleLots = ({ stock }: Moment['shelf'], at: number): number =>
  stock.filter((lot) => !isFresh(lot, at)).length;

/** The rest of the oldest lot past its time goes to processing, cheaply; none where everything is fresh. */
export function clearOut(moment: Moment, isOpen: (point: Point) => boolean): Act | undefined {
  const { at, shelf } = moment;
  const lot = shelf.stock.find((one) => !isFresh(one, at) && isOpen(pointOf(one.point)));
  if (lot === undefined) return undefined;
  const to = territory(pointOf(lot.point).oktmo);
  return sold(moment, {
    lot,
    quantity: lot.stock,
    to,
    recipientKind: 'processing',
    share: 0.45,
    story: 'sold to processing',
  });
}

function sold(moment: Moment, { lot, quantity, to, recipientKind, share, story }: Sale): Act {
  const { at, random, shelf } = moment;
  const chair = chairOf(lot.point);
  const data = {
    chair,
    lot_id: lot.id,
    quantity: assetText(quantity, unitOf(lot.product)),
    price: roubles(priceAt(lot.product, at, random, share)),
    recipient_kind: recipientKind,
    to,
    ...terms,
    document_hash: documentHash(moment),
  };
  takeFrom(shelf, lot, quantity);
  return finished(moment, { name: 'sellout', data, signers: [chair], stories: [story] });
}

/** A member collects a portion at a point of the cooperative, near home if something is there; none where shelves are empty. */
export function issue(moment: Moment, isOpen: (point: Point) => boolean): Act | undefined {
  const { at, random, shelf, members } = moment;
  const eaters = members.filter(({ kind }) => kind !== 'organisation');
  const member = random.pick(eaters);
  const open = shelf.stock.filter(
    (lot) => lot.coop === member.coop && isOpen(pointOf(lot.point)) && isFresh(lot, at),
  );
  if (open.length === 0) return undefined;
  const near = open.filter((lot) => pointOf(lot.point).oktmo === member.residence);
  const product = random.pick([...new Set((near.length > 0 ? near : open).map((lot) => lot.product))]);
  // The shelf is kept oldest first, and so it is handed out.
  const lot = (near.length > 0 ? near : open).find((one) => one.product === product);
  if (lot === undefined) return undefined;
  const unit = unitOf(product);
  const wanted = weighed(
    habitOf(product).portion * (0.5 + random.next()) * Math.min(member.scale, 1.5),
    unit,
  );
  const quantity = Math.min(wanted, lot.stock);
  const chair = chairOf(lot.point);
  const data = {
    chair,
    member: member.account,
    lot_id: lot.id,
    quantity: assetText(quantity, unit),
    price: roubles(priceAt(product, at, random, 1.12)),
    ...terms,
    document_hash: documentHash(moment),
  };
  takeFrom(shelf, lot, quantity);
  const away = pointOf(lot.point).oktmo !== member.residence;
  const signers = chair === member.account ? [chair] : [chair, member.account];
  return finished(moment, {
    name: 'issue',
    data,
    signers,
    stories: away ? ['issued', 'collected away from home'] : ['issued'],
  });
}
