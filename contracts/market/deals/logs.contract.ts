import { Asset, Checksum256, Contract, Name, TimePointSec, requireAuth } from 'proton-tsc';

/** The log actions of deals: nobody but the contract itself can write one. */
export class DealLogs extends Contract {
  @action('logoffer')
  logoffer(
    offer_id: u64,
    kind: Name,
    coop: Name,
    member: Name,
    product: Name,
    quantity: Asset,
    price: Asset,
    from: TimePointSec,
    till: TimePointSec,
    best_before: TimePointSec,
    point_id: u64,
    wants: Name[],
    document_hash: Checksum256,
    status: Name,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logneed')
  logneed(
    offer_id: u64,
    kind: Name,
    coop: Name,
    member: Name,
    product: Name,
    quantity: Asset,
    price: Asset,
    from: TimePointSec,
    till: TimePointSec,
    best_before: TimePointSec,
    point_id: u64,
    wants: Name[],
    document_hash: Checksum256,
    status: Name,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logorder')
  logorder(
    order_id: u64,
    coop: Name,
    member: Name,
    programme: u64,
    product: Name,
    quantity: Asset,
    filled: Asset,
    price: Asset,
    point_id: u64,
    due: TimePointSec,
    document_hash: Checksum256,
    status: Name,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logthing')
  logthing(
    thing_id: u64,
    owner: Name,
    kind: Name,
    title: string,
    oktmo: string,
    document_hash: Checksum256,
    rent_id: u64,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logrent')
  logrent(
    rent_id: u64,
    act_id: u64,
    coop: Name,
    programme: u64,
    thing_id: u64,
    owner: Name,
    renter: Name,
    from: TimePointSec,
    till: TimePointSec,
    price: Asset,
    decision_id: u64,
    robot: Name,
    document_hash: Checksum256,
    status: Name,
  ): void {
    requireAuth(this.receiver);
  }

  @action('loginvest')
  loginvest(
    invest_id: u64,
    act_id: u64,
    coop: Name,
    programme: u64,
    pool_id: u64,
    member: Name,
    amount: Asset,
    due: TimePointSec,
    return_ppm: u32,
    repaid: Asset,
    paid: Asset,
    cashier: Name,
    decision_id: u64,
    robot: Name,
    document_hash: Checksum256,
    status: Name,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logwork')
  logwork(
    act_id: u64,
    coop: Name,
    programme: u64,
    section_id: u64,
    member: Name,
    minutes: u32,
    rate: Asset,
    value: Asset,
    chair: Name,
    decision_id: u64,
    robot: Name,
    document_hash: Checksum256,
    until: TimePointSec,
    status: Name,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logpool')
  logpool(
    pool_id: u64,
    coop: Name,
    programme: u64,
    kind: Name,
    subject: u64,
    target: Asset,
    collected: Asset,
    till: TimePointSec,
    opener: Name,
    member: Name,
    amount: Asset,
    decision_id: u64,
    robot: Name,
    document_hash: Checksum256,
    status: Name,
  ): void {
    requireAuth(this.receiver);
  }
}
