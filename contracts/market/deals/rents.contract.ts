import { Asset, Checksum256, Name, TableStore, TimePointSec, requireAuth } from 'proton-tsc';
import { Programme } from '../../funds/funds.tables';
import { Coop, Territory } from '../../registry/registry.tables';
import { requirePositive, roubles } from '../../shared/amounts';
import { PostCall, sendPost } from '../../shared/calls';
import { refuse, requireHash, requireText, requireWord, textOf } from '../../shared/checks';
import { sendLog } from '../../shared/log';
import { requireAccount, requireActive } from '../../shared/members';
import { requireInForce, requireJoined } from '../../shared/programmes';
import { isOver, requireTerm } from '../../shared/terms';
import { requireValidTerritory } from '../../shared/territory';
import { decide } from './decided.tables';
import { takeAct } from './ids.tables';
import { Orders } from './orders.contract';
import { Tenancy, Thing } from './things.tables';

const THING_KINDS = 'land building room machine vehicle tool storage animal other';

/** Things in another's use for a term: between two members, or between a member and their cooperative. */
export class Rents extends Orders {
  things: TableStore<Thing> = new TableStore<Thing>(this.receiver);
  rents: TableStore<Tenancy> = new TableStore<Tenancy>(this.receiver);

  /** Enters a thing where it is kept; its owner signs, a registered account or a cooperative. */
  @action('addthing')
  addthing(owner: Name, kind: Name, title: string, oktmo: string, document_hash: Checksum256): void {
    requireAuth(owner);

    requireWord('kind', kind, THING_KINDS);
    requireText('title', title);
    requireHash('document_hash', document_hash);
    if (!new TableStore<Coop>(Name.fromString('registry')).exists(owner.N)) requireAccount('owner', owner);
    requireValidTerritory(new TableStore<Territory>(Name.fromString('registry')), 'oktmo', oktmo);

    const counters = this.dealCounters.get();
    counters.thing_id += 1;
    this.dealCounters.set(counters, this.receiver);
    const row = new Thing(counters.thing_id, owner, kind, title, oktmo, document_hash);
    this.things.store(row, this.receiver);

    sendLog(this.receiver, 'logthing', row);
  }

  /**
   * Gives a thing into use for a term; owner and renter sign. Each is an active member who joined the programme (R64), or one
   * of them its cooperative. The price of the whole term leaves the renter's share account and comes to the owner's.
   */
  @action('rent')
  rent(
    owner: Name,
    renter: Name,
    thing_id: u64,
    from: TimePointSec,
    till: TimePointSec,
    price: Asset,
    programme: u64,
    decision_id: u64,
    document_hash: Checksum256,
  ): void {
    requireAuth(owner);
    requireAuth(renter);

    requireHash('document_hash', document_hash);
    requireTerm(from, till);
    requirePositive('price', price, roubles());
    if (renter == owner) refuse(`renter: another than the owner expected, came ${renter}`);
    const thing = this.requireFree(thing_id, owner);
    const rules = requireInForce(programme);
    requireSide('owner', owner, rules);
    requireSide('renter', renter, rules);

    const act = takeAct(this.receiver);
    const counters = this.dealCounters.get();
    counters.rent_id += 1;
    this.dealCounters.set(counters, this.receiver);
    const by = decide(this.receiver, rules.coop, decision_id, 'rent', thing_id, price, document_hash);
    const row = new Tenancy(
      counters.rent_id,
      act,
      rules.coop,
      programme,
      thing_id,
      owner,
      renter,
      from,
      till,
    );
    row.price = price;
    row.decision_id = by.decision_id;
    row.robot = by.robot;
    row.document_hash = document_hash;
    row.status = Name.fromString('running');
    this.rents.store(row, this.receiver);
    thing.rent_id = row.rent_id;
    this.things.update(thing, this.receiver);

    bookSide(this.receiver, 'rentin', renter, row);
    bookSide(this.receiver, 'rent', owner, row);
    sendLog(this.receiver, 'logrent', row);
  }

  /** Returns a thing: the owner or the renter signs, or anybody once the term is over. Nothing of the price goes back. */
  @action('endrent')
  endrent(caller: Name, rent_id: u64, document_hash: Checksum256): void {
    requireAuth(caller);

    requireHash('document_hash', document_hash);
    const row = this.rents.get(rent_id);
    if (row == null) refuse(`rent_id: a running rent expected, came ${rent_id}`);
    const side = caller == row!.owner || caller == row!.renter;
    if (!side && !isOver(row!.till))
      refuse(`caller: ${row!.owner} or ${row!.renter} of rent ${rent_id} expected, came ${textOf(caller)}`);

    this.rents.remove(row!);
    const thing = this.things.requireGet(row!.thing_id, 'thing of a rent is missing');
    thing.rent_id = 0;
    this.things.update(thing, this.receiver);

    row!.document_hash = document_hash;
    row!.status = Name.fromString('ended');
    sendLog(this.receiver, 'logrent', row!);
  }

  private requireFree(thing_id: u64, owner: Name): Thing {
    const thing = this.things.get(thing_id);
    if (thing == null) refuse(`thing_id: a registered thing expected, came ${thing_id}`);
    if (thing!.owner != owner)
      refuse(`owner: ${thing!.owner} of thing ${thing_id} expected, came ${textOf(owner)}`);
    if (thing!.rent_id != 0)
      refuse(`thing_id: a thing not in use expected, ${thing_id} is in rent ${thing!.rent_id}`);
    return thing!;
  }
}

/** The cooperative itself, or a member whom its programme binds. */
function requireSide(field: string, account: Name, programme: Programme): void {
  if (account == programme.coop) return;
  requireActive(field, account, programme.coop);
  requireJoined(field, programme, account);
}

/** The cooperative has no share account in itself. */
function bookSide(self: Name, kind: string, account: Name, rent: Tenancy): void {
  if (account == rent.coop) return;
  const entry = new PostCall(self, rent.coop, rent.programme, Name.fromString(kind), account, rent.act_id);
  entry.amount = rent.price;
  entry.document_hash = rent.document_hash;
  sendPost(self, entry);
}
