import {
  Checksum256,
  EMPTY_NAME,
  Name,
  Singleton,
  Symbol,
  TableStore,
  TimePointSec,
  isAccount,
  requireAuth,
} from 'proton-tsc';
import { refuse, requireHash, requireText, requireWord, textOf } from '../shared/checks';
import { sendLog } from '../shared/log';
import { requireValidTerritory } from '../shared/territory';
import { Counters } from './counters.tables';
import { RegistryLogs } from './logs.contract';
import { ApplicationFact, MemberFact, TerritoryFact } from './registry.log';
import { checkFamily, checkProduct, checkSameUnit, newTerritory } from './reference.tables';
import { Account, Coop, Member, Point, Product, Section, Territory, hashKey } from './registry.tables';

const LEGAL_FORMS =
  'consumer producer agricultural credit housing public association tradeunion company municipal';
const SECTION_KINDS = 'geographic functional';
const ACCOUNT_KINDS = 'person organisation trader';

/** Who, where and what: the reference data that every act leans on. */
@contract
class RegistryContract extends RegistryLogs {
  territories: TableStore<Territory> = new TableStore<Territory>(this.receiver);
  products: TableStore<Product> = new TableStore<Product>(this.receiver);
  coops: TableStore<Coop> = new TableStore<Coop>(this.receiver);
  sections: TableStore<Section> = new TableStore<Section>(this.receiver);
  points: TableStore<Point> = new TableStore<Point>(this.receiver);
  accounts: TableStore<Account> = new TableStore<Account>(this.receiver);
  counters: Singleton<Counters> = new Singleton<Counters>(this.receiver);

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

  /** Enters or changes a product; `ano` signs. Unit and grams of a known product never change: its acts stand on them. */
  @action('setproduct')
  setproduct(
    product: Name,
    title: string,
    okpd2: string,
    basket_group: Name,
    unit: Symbol,
    grams_per_unit: u32,
    primary_ppm: u32,
  ): void {
    requireAuth(Name.fromString('ano'));

    const row = new Product(product, title, okpd2, basket_group, unit, grams_per_unit, primary_ppm);
    checkProduct(row);
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
    if (union != EMPTY_NAME) this.requireCoop('union', union);

    const row = new Coop(coop, title, legal_form, union, oktmo);
    this.coops.set(row, this.receiver);

    sendLog(this.receiver, 'logcoop', row);
  }

  /** Opens a section; the cooperative signs. Its chair is a registered person. */
  @action('addsection')
  addsection(coop: Name, kind: Name, title: string, chair: Name): void {
    requireAuth(coop);

    this.requireCoop('coop', coop);
    requireWord('kind', kind, SECTION_KINDS);
    requireText('title', title);
    const head = this.requireAccount('chair', chair);
    if (head.kind != Name.fromString('person')) refuse(`chair: a person expected, ${chair} is ${head.kind}`);

    const counters = this.counters.get();
    counters.section_id += 1;
    this.counters.set(counters, this.receiver);
    const row = new Section(counters.section_id, coop, kind, title, chair);
    this.sections.store(row, this.receiver);

    sendLog(this.receiver, 'logsection', row);
  }

  /** Opens a point of a section in a territory; the cooperative signs. */
  @action('addpoint')
  addpoint(coop: Name, section_id: u64, oktmo: string, title: string, address_hash: Checksum256): void {
    requireAuth(coop);

    requireText('title', title);
    requireHash('address_hash', address_hash);
    this.requireSection(section_id, coop);
    requireValidTerritory(this.territories, 'oktmo', oktmo);

    const counters = this.counters.get();
    counters.point_id += 1;
    this.counters.set(counters, this.receiver);
    const row = new Point(counters.point_id, section_id, coop, oktmo, title, address_hash);
    this.points.store(row, this.receiver);

    sendLog(this.receiver, 'logpoint', row);
  }

  /** Makes the signer's single account; a second account of one person is refused (R7). */
  @action('register')
  register(account: Name, kind: Name, residence: string, person_hash: Checksum256): void {
    requireAuth(account);

    requireWord('kind', kind, ACCOUNT_KINDS);
    requireHash('person_hash', person_hash);
    requireValidTerritory(this.territories, 'residence', residence);
    if (this.accounts.exists(account.N)) refuse(`account: a new one expected, ${account} is registered`);
    const same = this.accounts.getBySecondaryU256(hashKey(person_hash), 0);
    if (same != null) refuse(`person_hash: one account a person expected, ${same.account} has the same`);

    const row = new Account(account, kind, residence, person_hash);
    this.accounts.store(row, this.receiver);

    sendLog(this.receiver, 'logaccount', row);
  }

  /** Asks to join a cooperative by one of its sections (R4); the registered account signs. */
  @action('apply')
  applyFor(
    account: Name,
    coop: Name,
    section_id: u64,
    application_hash: Checksum256,
    consent_hash: Checksum256,
  ): void {
    requireAuth(account);

    requireHash('application_hash', application_hash);
    requireHash('consent_hash', consent_hash);
    this.requireAccount('account', account);
    this.requireCoop('coop', coop);
    this.requireSection(section_id, coop);
    const members = new TableStore<Member>(this.receiver, coop);
    const known = members.get(account.N);
    if (known != null)
      refuse(`account: no membership yet expected, ${account} is ${known.status} in ${coop}`);

    members.store(
      new Member(account, section_id, Name.fromString('applied'), application_hash, 0),
      this.receiver,
    );

    sendLog(
      this.receiver,
      'logapply',
      new ApplicationFact(account, coop, section_id, application_hash, consent_hash),
    );
  }

  /** Admits an applicant (R3); the cooperative signs until its council does. */
  @action('admit')
  admit(coop: Name, account: Name, decision_id: u64): void {
    requireAuth(coop);

    this.requireCoop('coop', coop);
    const members = new TableStore<Member>(this.receiver, coop);
    const member = members.get(account.N);
    if (member == null) refuse(`account: an application to ${coop} expected, ${account} has none`);
    if (member!.status != Name.fromString('applied'))
      refuse(`account: status applied expected, ${account} is ${member!.status}`);

    member!.status = Name.fromString('active');
    member!.decision_id = decision_id;
    members.update(member!, this.receiver);

    sendLog(
      this.receiver,
      'logmember',
      new MemberFact(coop, account, member!.section_id, member!.status, decision_id),
    );
  }

  private requireCoop(field: string, coop: Name): void {
    if (!this.coops.exists(coop.N))
      refuse(`${field}: a registered cooperative expected, came ${textOf(coop)}`);
  }

  private requireAccount(field: string, account: Name): Account {
    const found = this.accounts.get(account.N);
    if (found == null) refuse(`${field}: a registered account expected, came ${textOf(account)}`);
    return found!;
  }

  private requireSection(section_id: u64, coop: Name): void {
    const found = this.sections.get(section_id);
    if (found == null || found.coop != coop)
      refuse(`section_id: a section of ${coop} expected, came ${section_id}`);
  }
}
