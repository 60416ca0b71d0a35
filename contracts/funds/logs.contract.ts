import { Asset, Checksum256, Contract, Name, TimePointSec, requireAuth } from 'proton-tsc';
import { Line } from './funds.log';

/** The log actions: nobody but the contract itself can write one. */
export class FundsLogs extends Contract {
  @action('logprogramme')
  logprogramme(
    programme_id: u64,
    coop: Name,
    title: string,
    version: u16,
    regulation_hash: Checksum256,
    share_ppm: u32,
    status: Name,
    decision_id: u64,
    draft_version: u16,
    draft_hash: Checksum256,
    draft_ppm: u32,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logjoin')
  logjoin(
    programme_id: u64,
    coop: Name,
    account: Name,
    version: u16,
    regulation_hash: Checksum256,
    joined: bool,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logpayment')
  logpayment(
    payment_id: u64,
    coop: Name,
    programme: u64,
    member: Name,
    kind: Name,
    amount: Asset,
    document_hash: Checksum256,
    made_at: TimePointSec,
    status: Name,
    cashier: Name,
    bank_hash: Checksum256,
  ): void {
    requireAuth(this.receiver);
  }

  @action('logposting')
  logposting(
    entry_id: u64,
    coop: Name,
    programme: u64,
    kind: Name,
    member: Name,
    act_id: u64,
    document_hash: Checksum256,
    amount: Asset,
    undo: bool,
    lines: Line[],
    share_balance: Asset,
  ): void {
    requireAuth(this.receiver);
  }
}
