import { Name, TableStore, currentTimeSec } from 'proton-tsc';
import { Account, Point, Product, Section, Territory } from '../registry/registry.tables';
import { refuse, textOf } from '../shared/checks';
import { requireActive } from '../shared/members';
import { Place, requireOutside } from '../shared/place';
import { requireJoined, requireProgrammeOf } from '../shared/programmes';
import { requireValidTerritory } from '../shared/territory';

/** The market's reading of the registry and of the programmes. Every `require…` ends the transaction when they say no. */
export class Reference {
  private registry: Name = Name.fromString('registry');

  point(field: string, point_id: u64): Point {
    const found = new TableStore<Point>(this.registry).get(point_id);
    if (found == null) refuse(`${field}: a registered point expected, came ${point_id}`);
    return found!;
  }

  /** A point that takes goods in. What stands at a closed one may still leave it, and what is on the way arrive. */
  openPoint(field: string, point_id: u64): Point {
    const point = this.point(field, point_id);
    if (point.closed) refuse(`${field}: an open point expected, ${point_id} is closed`);
    return point;
  }

  product(product: Name): Product {
    const found = new TableStore<Product>(this.registry).get(product.N);
    if (found == null) refuse(`product: a registered product expected, came ${textOf(product)}`);
    return found!;
  }

  /** A product that can lie at a point. */
  goods(product: Name): Product {
    const goods = this.product(product);
    if (goods.basket_group == Name.fromString('service'))
      refuse(`product: goods expected, ${product} is a service`);
    return goods;
  }

  /** A product whose dates, [valid_from, valid_to), hold the block's time. A valid_to of zero has no end. */
  productToday(product: Name): Product {
    const known = this.product(product);
    const now = currentTimeSec();
    const from = known.valid_from.utcSeconds;
    const to = known.valid_to.utcSeconds;
    if (now < from || (to != 0 && now >= to))
      refuse(`product: ${product} is valid from ${from} till ${to}, the block's time is ${now}`);
    return known;
  }

  /** Goods that are valid today: what may come in. */
  goodsToday(product: Name): Product {
    this.goods(product);
    return this.productToday(product);
  }

  /** Only the chair of the point's section acts for it, as an active member of the cooperative. */
  requireChair(point: Point, chair: Name): void {
    const section = new TableStore<Section>(this.registry).requireGet(
      point.section_id,
      'section of a point is missing',
    );
    requireSectionChair(section, chair);
  }

  /** Goods move only under a programme in force of the cooperative (R64). */
  requireProgramme(programme: u64, coop: Name): void {
    requireProgrammeOf(programme, coop);
  }

  /** …which the other side joined: a cooperative that receives (R64)… */
  requireJoined(field: string, programme: u64, coop: Name, joined: Name): void {
    requireJoined(field, requireProgrammeOf(programme, coop), joined);
  }

  /** …or an active member (R64). */
  requireParticipant(field: string, programme: u64, coop: Name, member: Name): void {
    requireActive(field, member, coop);
    this.requireJoined(field, programme, coop, member);
  }

  /** OKTMO of the municipality where a member lives. */
  residenceOf(account: Name): string {
    return new TableStore<Account>(this.registry).requireGet(account.N, 'account of a member is missing')
      .residence;
  }

  /** A place outside the network's points; a territory must be registered and valid at the block's time. */
  requirePlace(field: string, place: Place): void {
    requireOutside(field, place);
    if (place.oktmo.length > 0)
      requireValidTerritory(new TableStore<Territory>(this.registry), field, place.oktmo);
  }
}

/** The chair of a section acts while an active member of its cooperative: one named at the founding may not have joined. */
export function requireSectionChair(section: Section, chair: Name): void {
  if (section.chair != chair) {
    refuse(
      `chair: ${section.chair}, chair of section ${section.section_id}, expected, came ${textOf(chair)}`,
    );
  }
  requireActive('chair', chair, section.coop);
}

export function placeOf(point: Point): Place {
  return new Place(point.point_id, point.oktmo, '');
}
