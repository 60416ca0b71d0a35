import { Asset, Checksum256, Name, requireAuth } from 'proton-tsc';
import { requireNotNegative, roubles } from '../shared/amounts';
import { refuse, requireHash, textOf } from '../shared/checks';
import { ACT_ENTRIES, entryOf } from './entries.tables';
import { Posting } from './funds.log';
import { Money } from './money.contract';

/** Programmes, share accounts and the ledger of every cooperative. */
@contract
class FundsContract extends Money {
  /**
   * Books an act of the market, or with `undo` takes the booking back; the market signs and has checked who takes part
   * (R64). Refused when a share account would fall below zero.
   */
  @action('post')
  post(
    caller: Name,
    coop: Name,
    programme: u64,
    kind: Name,
    member: Name,
    act_id: u64,
    amount: Asset,
    document_hash: Checksum256,
    undo: bool,
  ): void {
    requireAuth(caller);

    if (caller != Name.fromString('market')) refuse(`caller: market expected, came ${textOf(caller)}`);
    requireNotNegative('amount', amount, roubles());
    requireHash('document_hash', document_hash);
    if (act_id == 0) refuse('act_id: the id of an act expected, came 0');

    const posting = new Posting(0, coop, programme, kind, member, act_id, document_hash, amount, undo);
    const entry = entryOf(ACT_ENTRIES, kind);
    this.book(posting, entry, this.actRate(posting, entry));
  }
}
