import { Checksum256, Name, Singleton, TableStore, requireAuth } from 'proton-tsc';
import { Seat } from '../council/council.tables';
import { refuse, requireHash, requireText, requireWord } from '../shared/checks';
import { sendLog } from '../shared/log';
import { requireActive, requireSeat, requireVerifiedPerson } from '../shared/members';
import { requireValidTerritory } from '../shared/territory';
import { Catalogue } from './catalogue.contract';
import { Counters } from './counters.tables';
import { ChairCount, Point, Section } from './registry.tables';
import { newRequest, requireRequest } from './requests.tables';
import { Request } from './roles.tables';
import { requireCoop, requireOpenSection, requireOwnPoint, requireSection } from './rows.tables';

const SECTION_KINDS = 'geographic functional';

/** Sections of cooperatives with their chairs, and points where goods change hands. */
export class Places extends Catalogue {
  sections: TableStore<Section> = new TableStore<Section>(this.receiver);
  points: TableStore<Point> = new TableStore<Point>(this.receiver);
  counters: Singleton<Counters> = new Singleton<Counters>(this.receiver);
  requests: TableStore<Request> = new TableStore<Request>(this.receiver);

  /**
   * Opens a section; the cooperative signs. Its chair is a verified person and an active member; while there is no
   * council that could admit anybody, one who is still to join.
   */
  @action('addsection')
  addsection(coop: Name, kind: Name, title: string, chair: Name): void {
    requireAuth(coop);

    requireCoop(this.coops, 'coop', coop);
    requireWord('kind', kind, SECTION_KINDS);
    requireText('title', title);
    requireVerifiedPerson('chair', chair);
    const isFounded = !new TableStore<Seat>(Name.fromString('council'), coop).isEmpty();
    if (isFounded) requireActive('chair', chair, coop);

    const counters = this.counters.get();
    counters.section_id += 1;
    this.counters.set(counters, this.receiver);
    const row = new Section(counters.section_id, coop, kind, title, chair);
    this.sections.store(row, this.receiver);
    this.countChair(coop, chair, 1);

    sendLog(this.receiver, 'logsection', row);
  }

  /**
   * Asks the council to give a section another chair, an active member of it (R54), or of the cooperative where the section is
   * closed; a seat signs.
   */
  @action('askchair')
  askchair(proposer: Name, coop: Name, section_id: u64, chair: Name, document_hash: Checksum256): void {
    requireAuth(proposer);

    requireHash('document_hash', document_hash);
    requireSeat('proposer', proposer, coop);
    const section = requireSection(this.sections, section_id, coop);
    if (section.chair == chair) refuse(`chair: another chair expected, ${chair} is chair of ${section_id}`);
    this.requireOfSection(chair, section);

    const request = newRequest(this.receiver, coop, Name.fromString('setchair'), proposer, document_hash);
    request.account = chair;
    request.section_id = section_id;
    this.requests.store(request, this.receiver);

    sendLog(this.receiver, 'logrequest', request);
  }

  /** Gives a section the chair of a request; the council signs. */
  @action('setchair')
  setchair(coop: Name, request_id: u64, decision_id: u64, document_hash: Checksum256): void {
    requireAuth(Name.fromString('council'));

    const kind = Name.fromString('setchair');
    const request = requireRequest(this.requests, request_id, coop, kind, decision_id, document_hash);
    const section = requireSection(this.sections, request.section_id, coop);
    this.requireOfSection(request.account, section);

    this.countChair(coop, section.chair, -1);
    this.countChair(coop, request.account, 1);
    section.chair = request.account;
    this.sections.update(section, this.receiver);
    this.requests.remove(request);

    sendLog(this.receiver, 'logsection', section);
  }

  /** Closes a section to new members and points; the cooperative signs. Its points close each by itself, its chair stays. */
  @action('closesection')
  closesection(coop: Name, section_id: u64): void {
    requireAuth(coop);

    const section = requireOpenSection(this.sections, section_id, coop);

    section.closed = true;
    this.sections.update(section, this.receiver);

    sendLog(this.receiver, 'logsection', section);
  }

  /** Opens a point of a section in a territory; the cooperative signs. */
  @action('addpoint')
  addpoint(coop: Name, section_id: u64, oktmo: string, title: string, address_hash: Checksum256): void {
    requireAuth(coop);

    requireText('title', title);
    requireHash('address_hash', address_hash);
    requireOpenSection(this.sections, section_id, coop);
    requireValidTerritory(this.territories, 'oktmo', oktmo);

    const counters = this.counters.get();
    counters.point_id += 1;
    this.counters.set(counters, this.receiver);
    const row = new Point(counters.point_id, section_id, coop, oktmo, title, address_hash);
    this.points.store(row, this.receiver);

    sendLog(this.receiver, 'logpoint', row);
  }

  /** Closes a point to new goods; the cooperative signs. */
  @action('closepoint')
  closepoint(coop: Name, point_id: u64): void {
    requireAuth(coop);

    const point = requireOwnPoint(this.points, point_id, coop);
    if (point.closed) refuse(`point_id: an open point expected, ${point_id} is closed`);

    point.closed = true;
    this.points.update(point, this.receiver);

    sendLog(this.receiver, 'logpoint', point);
  }

  /** Sections of the cooperative, open or closed, that the account is chair of. */
  protected sectionsChaired(account: Name, coop: Name): u32 {
    const known = new TableStore<ChairCount>(this.receiver, coop).get(account.N);
    return known == null ? 0 : known.sections;
  }

  private countChair(coop: Name, account: Name, by: i32): void {
    const chairs = new TableStore<ChairCount>(this.receiver, coop);
    const known = chairs.get(account.N);
    const row = known == null ? new ChairCount(account) : known;
    row.sections = <u32>(<i32>row.sections + by);
    if (row.sections == 0) chairs.remove(row);
    else chairs.set(row, this.receiver);
  }

  /** Goods may still stand at the points of a closed section, in which nobody begins to vote any more. */
  private requireOfSection(chair: Name, section: Section): void {
    const member = requireActive('chair', chair, section.coop);
    requireVerifiedPerson('chair', chair);
    const id = section.section_id;
    if (!section.closed && member.section_id != id)
      refuse(`chair: a member of section ${id} expected, ${chair} votes in ${member.section_id}`);
  }
}
