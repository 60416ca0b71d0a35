import { Contract, requireAuth } from 'proton-tsc';
import { Movement } from './market.log';

/** The log actions: nobody but the contract itself can write one. */
export class MarketLogs extends Contract {
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
}
