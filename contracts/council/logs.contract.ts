import { Asset, Checksum256, Contract, Name, TimePointSec, requireAuth } from 'proton-tsc';

/** The log actions: nobody but the contract itself can write one. */
export class CouncilLogs extends Contract {
  @action('logseat')
  logseat(coop: Name, member: Name, role: Name, decision_id: u64): void {
    requireAuth(this.receiver);
  }

  @action('logrobot')
  logrobot(
    coop: Name,
    member: Name,
    robot: Name,
    kinds: Name[],
    limit: Asset,
    expires: TimePointSec,
    signs: bool,
    revoked: bool,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logdecision')
  logdecision(
    decision_id: u64,
    coop: Name,
    kind: Name,
    subject: u64,
    amount: Asset,
    document_hash: Checksum256,
    proposer: Name,
    mode: Name,
    seats: u16,
    votes_for: u16,
    votes_against: u16,
    chair_vote: u8,
    signer: Name,
    status: Name,
    proposed_at: TimePointSec,
    until: TimePointSec,
    robot: Name,
    members_for: Name[],
  ): void {
    requireAuth(this.receiver);
  }

  @action('logvote')
  logvote(
    decision_id: u64,
    coop: Name,
    member: Name,
    in_favour: bool,
    robot: Name,
    document_hash: Checksum256,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logsign')
  logsign(decision_id: u64, coop: Name, signer: Name, robot: Name, document_hash: Checksum256): void {
    requireAuth(this.receiver);
  }

  @action('logexec')
  logexec(decision_id: u64, coop: Name, kind: Name, subject: u64, caller: Name): void {
    requireAuth(this.receiver);
  }
}
