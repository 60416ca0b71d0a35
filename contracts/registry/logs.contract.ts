import { Checksum256, Contract, Name, PublicKey, Symbol, TimePointSec, requireAuth } from 'proton-tsc';

/** The log actions: nobody but the contract itself can write one. */
export class RegistryLogs extends Contract {
  @action('logterr')
  logterr(
    oktmo: string,
    parent: string,
    title: string,
    valid_from: TimePointSec,
    valid_to: TimePointSec,
    successor: string,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logproduct')
  logproduct(
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
    requireAuth(this.receiver);
  }

  @action('logcoop')
  logcoop(coop: Name, title: string, legal_form: Name, union: Name, oktmo: string): void {
    requireAuth(this.receiver);
  }

  @action('logsection')
  logsection(section_id: u64, coop: Name, kind: Name, title: string, chair: Name, closed: bool): void {
    requireAuth(this.receiver);
  }

  @action('logpoint')
  logpoint(
    point_id: u64,
    section_id: u64,
    coop: Name,
    oktmo: string,
    title: string,
    address_hash: Checksum256,
    closed: bool,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logaccount')
  logaccount(
    account: Name,
    kind: Name,
    residence: string,
    person_hash: Checksum256,
    representative: Name,
    verified: bool,
    memberships: u32,
    verifier: Name,
    document_hash: Checksum256,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logapply')
  logapply(
    account: Name,
    coop: Name,
    section_id: u64,
    application_hash: Checksum256,
    consent_hash: Checksum256,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logmember')
  logmember(
    coop: Name,
    account: Name,
    section_id: u64,
    status: Name,
    application_hash: Checksum256,
    decision_id: u64,
    delegate: Name,
    document_hash: Checksum256,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logpartake')
  logpartake(section_id: u64, coop: Name, account: Name, joined: bool): void {
    requireAuth(this.receiver);
  }

  @action('logrequest')
  logrequest(
    request_id: u64,
    coop: Name,
    kind: Name,
    account: Name,
    section_id: u64,
    role: Name,
    document_hash: Checksum256,
    proposer: Name,
    after: u64,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logrole')
  logrole(
    coop: Name,
    account: Name,
    role: Name,
    document_hash: Checksum256,
    decision_id: u64,
    granted: bool,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logrecover')
  logrecover(
    account: Name,
    coop: Name,
    key: PublicKey,
    document_hash: Checksum256,
    asker: Name,
    after: u64,
    decision_id: u64,
    due: TimePointSec,
    status: Name,
  ): void {
    requireAuth(this.receiver);
  }
}
