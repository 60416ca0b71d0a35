import { EMPTY_NAME, Name, Symbol, TableStore, TimePointSec, isAccount, requireAuth } from 'proton-tsc';
import { refuse, requireText, requireWord, textOf } from '../shared/checks';
import { sendLog } from '../shared/log';
import { requireValidTerritory } from '../shared/territory';
import { RegistryLogs } from './logs.contract';
import { TerritoryFact } from './registry.log';
import { checkFamily, checkProduct, checkSameUnit, checkSuccessor, newTerritory } from './reference.tables';
import { Coop, Product, Territory } from './registry.tables';
import { requireCoop } from './rows.tables';

const LEGAL_FORMS =
  'consumer producer agricultural credit housing public association tradeunion company municipal';

/** Where and what: territories, products and cooperatives, by `ano`. */
export class Catalogue extends RegistryLogs {
  territories: TableStore<Territory> = new TableStore<Territory>(this.receiver);
  products: TableStore<Product> = new TableStore<Product>(this.receiver);
  coops: TableStore<Coop> = new TableStore<Coop>(this.receiver);

  /** Enters or changes a territory; `ano` signs. A `valid_to` of zero has no end. */
  @action('setterritory')
  setterritory(
    oktmo: string,
    parent: string,
    title: string,
    valid_from: TimePointSec,
    valid_to: TimePointSec,
    successor: string,
  ): void {
    requireAuth(Name.fromString('ano'));

    const territory = newTerritory(oktmo, parent, title, valid_from, valid_to, successor);
    checkFamily(this.territories, territory);

    this.territories.set(territory, this.receiver);

    sendLog(
      this.receiver,
      'logterr',
      new TerritoryFact(oktmo, parent, title, valid_from, valid_to, successor),
    );
  }

  /**
   * Enters or changes a product or a service; `ano` signs. Unit and grams of a known product never change: its
   * acts stand on them. A `valid_to` of zero has no end.
   */
  @action('setproduct')
  setproduct(
    product: Name,
    title: string,
    okpd2: string,
    basket_group: Name,
    unit: Symbol,
    grams_per_unit: u32,
    primary_ppm: u32,
    valid_from: TimePointSec,
    valid_to: TimePointSec,
    successor: Name,
  ): void {
    requireAuth(Name.fromString('ano'));

    const row = new Product(
      product,
      title,
      okpd2,
      basket_group,
      unit,
      grams_per_unit,
      primary_ppm,
      valid_from,
      valid_to,
      successor,
    );
    checkProduct(row);
    checkSuccessor(this.products, row);
    const known = this.products.get(product.N);
    if (known != null) checkSameUnit(known, row);

    this.products.set(row, this.receiver);

    sendLog(this.receiver, 'logproduct', row);
  }

  /** Enters or changes a cooperative that has an account; `ano` signs. */
  @action('regcoop')
  regcoop(coop: Name, title: string, legal_form: Name, union: Name, oktmo: string): void {
    requireAuth(Name.fromString('ano'));

    if (!isAccount(coop)) refuse(`coop: an account of the chain expected, came ${textOf(coop)}`);
    requireText('title', title);
    requireWord('legal_form', legal_form, LEGAL_FORMS);
    requireValidTerritory(this.territories, 'oktmo', oktmo);
    if (union == coop) refuse(`union: another cooperative expected, came ${coop} itself`);
    if (union != EMPTY_NAME) requireCoop(this.coops, 'union', union);

    const row = new Coop(coop, title, legal_form, union, oktmo);
    this.coops.set(row, this.receiver);

    sendLog(this.receiver, 'logcoop', row);
  }
}
