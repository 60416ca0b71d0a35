import { Name, TableStore } from 'proton-tsc';
import { Account, Member, Point, Product, Section, Territory } from '../registry/registry.tables';
import { refuse, textOf } from '../shared/checks';
import { Place, requireOutside } from '../shared/place';
import { requireValidTerritory } from '../shared/territory';

/** The market's reading of the registry. Every `require…` ends the transaction when the reference data says no. */
export class Reference {
  private registry: Name = Name.fromString('registry');

  point(field: string, point_id: u64): Point {
    const found = new TableStore<Point>(this.registry).get(point_id);
    if (found == null) refuse(`${field}: a registered point expected, came ${point_id}`);
    return found!;
  }

  product(product: Name): Product {
    const found = new TableStore<Product>(this.registry).get(product.N);
    if (found == null) refuse(`product: a registered product expected, came ${textOf(product)}`);
    return found!;
  }

  /** Only the chair of the point's section acts for it. */
  requireChair(point: Point, chair: Name): void {
    const section = new TableStore<Section>(this.registry).requireGet(
      point.section_id,
      'section of a point is missing',
    );
    if (section.chair != chair) {
      refuse(
        `chair: ${section.chair}, chair of section ${section.section_id}, expected, came ${textOf(chair)}`,
      );
    }
  }

  /** An admitted member of the cooperative. */
  requireActive(field: string, account: Name, coop: Name): void {
    const member = new TableStore<Member>(this.registry, coop).get(account.N);
    if (member == null) refuse(`${field}: an active member of ${coop} expected, ${account} is none`);
    if (member!.status != Name.fromString('active')) {
      refuse(`${field}: an active member of ${coop} expected, ${account} is ${member!.status}`);
    }
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

export function placeOf(point: Point): Place {
  return new Place(point.point_id, point.oktmo, '');
}
