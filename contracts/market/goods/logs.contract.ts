import { Asset, Checksum256, Name, requireAuth } from 'proton-tsc';
import { DealLogs } from '../deals/logs.contract';
import { Movement } from '../market.log';

/** The log actions of goods: nobody but the contract itself can write one. */
export class GoodsLogs extends DealLogs {
  @action('logintent')
  logintent(body: Movement): void {
    requireAuth(this.receiver);
  }

  @action('logaccept')
  logaccept(body: Movement): void {
    requireAuth(this.receiver);
  }

  @action('logship')
  logship(body: Movement): void {
    requireAuth(this.receiver);
  }

  @action('logreceive')
  logreceive(body: Movement): void {
    requireAuth(this.receiver);
  }

  @action('logloss')
  logloss(body: Movement): void {
    requireAuth(this.receiver);
  }

  @action('logsellout')
  logsellout(body: Movement): void {
    requireAuth(this.receiver);
  }

  @action('logissue')
  logissue(body: Movement): void {
    requireAuth(this.receiver);
  }

  @action('logreturn')
  logreturn(body: Movement): void {
    requireAuth(this.receiver);
  }

  @action('logprocess')
  logprocess(body: Movement): void {
    requireAuth(this.receiver);
  }

  @action('logcount')
  logcount(body: Movement): void {
    requireAuth(this.receiver);
  }

  @action('logreverse')
  logreverse(body: Movement): void {
    requireAuth(this.receiver);
  }

  @action('logclaim')
  logclaim(
    complaint_id: u64,
    coop: Name,
    act_id: u64,
    lot_id: u64,
    product: Name,
    member: Name,
    quantity: Asset,
    reason: string,
    status: Name,
    chair: Name,
    document_hash: Checksum256,
  ): void {
    requireAuth(this.receiver);
  }
}
