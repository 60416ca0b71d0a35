import { Checksum256, Name, Singleton, TableStore, requireAuth } from 'proton-tsc';
import { refuse, requireHash, requireText, requireWord } from '../shared/checks';
import { sendLog } from '../shared/log';
import { requireAccount, requireActive, requireSeat } from '../shared/members';
import { requireValidTerritory } from '../shared/territory';
import { Catalogue } from './catalogue.contract';
import { Counters } from './counters.tables';
import { Point, Section } from './registry.tables';
import { newRequest, requireRequest } from './requests.tables';
import { Request } from './roles.tables';
import { requireCoop, requireOpenSection, requireOwnPoint } from './rows.tables';

const SECTION_KINDS = 'geographic functional';

/** Sections of cooperatives with their chairs, and points where goods change hands. */
export class Places extends Catalogue {
  sections: TableStore<Section> = new TableStore<Section>(this.receiver);
  points: TableStore<Point> = new TableStore<Point>(this.receiver);
  counters: Singleton<Counters> = new Singleton<Counters>(this.receiver);
  requests: TableStore<Request> = new TableStore<Request>(this.receiver);

  /** Opens a section; the cooperative signs. Its chair is a registered person. */
  @action('addsection')
  addsection(coop: Name, kind: Name, title: string, chair: Name): void {
    requireAuth(coop);

    requireCoop(this.coops, 'coop', coop);
    requireWord('kind', kind, SECTION_KINDS);
    requireText('title', title);
    const head = requireAccount('chair', chair);
    if (head.kind != Name.fromString('person')) refuse(`chair: a person expected, ${chair} is ${head.kind}`);

    const counters = this.counters.get();
    counters.section_id += 1;
    this.counters.set(counters, this.receiver);
    const row = new Section(counters.section_id, coop, kind, title, chair);
    this.sections.store(row, this.receiver);

    sendLog(this.receiver, 'logsection', row);
  }

  /** Asks the council to give a section another chair, an active member of it (R54); a seat signs. */
  @action('askchair')
  askchair(proposer: Name, coop: Name, section_id: u64, chair: Name, document_hash: Checksum256): void {
    requireAuth(proposer);

    requireHash('document_hash', document_hash);
    requireSeat('proposer', proposer, coop);
    const section = requireOpenSection(this.sections, section_id, coop);
    if (section.chair == chair) refuse(`chair: another chair expected, ${chair} is chair of ${section_id}`);
    this.requireOfSection(chair, coop, section_id);

    const request = newRequest(this.receiver, coop, Name.fromString('setchair'), proposer, document_hash);
    request.account = chair;
    request.section_id = section_id;
    this.requests.store(request, this.receiver);

    sendLog(this.receiver, 'logrequest', request);
  }

  /** Gives a section the chair of a request; the council signs. */
  @action('setchair')
  setchair(coop: Name, request_id: u64, decision_id: u64): void {
    requireAuth(Name.fromString('council'));

    const request = requireRequest(this.requests, request_id, coop, Name.fromString('setchair'), decision_id);
    const section = requireOpenSection(this.sections, request.section_id, coop);
    this.requireOfSection(request.account, coop, request.section_id);

    section.chair = request.account;
    this.sections.update(section, this.receiver);
    this.requests.remove(request);

    sendLog(this.receiver, 'logsection', section);
  }

  /** Closes a section to new members and points; the cooperative signs. Its points close each by itself. */
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

  private requireOfSection(chair: Name, coop: Name, section_id: u64): void {
    const member = requireActive('chair', chair, coop);
    if (member.section_id != section_id)
      refuse(`chair: a member of section ${section_id} expected, ${chair} votes in ${member.section_id}`);
  }
}
