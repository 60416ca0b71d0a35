import { Asset, Name } from 'proton-tsc';
import { roubles } from '../shared/amounts';
import { sendLog } from '../shared/log';
import { requireProgramme } from '../shared/programmes';
import { sharePart } from '../shared/parts';
import { Entry } from './entries.tables';
import { Line, Posting } from './funds.log';
import { bookLines, moveShare } from './ledger.tables';
import { Programmes } from './programmes.contract';
import { noteRate, rateOf } from './rates.tables';

/** The one way into the ledger and the share accounts. */
export class Postings extends Programmes {
  /**
   * Books what the posting says on the entry's accounts, fills in its id, lines and share balance, and logs it. Parts are by
   * `share_ppm`: see `actRate` and `Payment`.
   */
  protected book(posting: Posting, entry: Entry, share_ppm: u32): void {
    const amount = posting.amount.amount;
    const share = Name.fromString('share');
    const parts = isInParts(entry);
    const toShare = parts ? <i64>sharePart(amount, share_ppm) : entry.credit == share ? amount : 0;

    const counters = this.counters.get();
    counters.entry_id += 1;
    this.counters.set(counters, this.receiver);
    posting.entry_id = counters.entry_id;
    posting.share_balance = new Asset(0, roubles());
    if (entry.debit == share || entry.credit == share || parts) {
      const move = entry.debit == share ? -amount : toShare;
      posting.share_balance = moveShare(this.receiver, posting.coop, posting.member, move, posting.undo);
    }
    if (toShare > 0) posting.lines.push(line(posting, entry.debit, share, toShare));
    if (amount > toShare) {
      const credit = parts ? Name.fromString('operations') : entry.credit;
      posting.lines.push(line(posting, entry.debit, credit, amount - toShare));
    }
    bookLines(this.receiver, posting.coop, posting.lines);
    sendLog(this.receiver, 'logposting', posting);
  }

  /** The rate of an act: that in force, which both sides signed, or that of the day of the act that is undone. */
  protected actRate(posting: Posting, entry: Entry): u32 {
    if (!isInParts(entry)) return 0;
    if (posting.undo) return rateOf(this.receiver, posting.programme, posting.act_id);
    const rate = requireProgramme(posting.programme).share_ppm;
    noteRate(this.receiver, posting.programme, posting.act_id, rate);
    return rate;
  }
}

/** Whether a share and a membership part are credited (R67). */
function isInParts(entry: Entry): bool {
  return entry.credit == Name.fromString('parts');
}

/** Undoing swaps the sides. */
function line(posting: Posting, debit: Name, credit: Name, amount: i64): Line {
  const value = new Asset(amount, roubles());
  return posting.undo ? new Line(credit, debit, value) : new Line(debit, credit, value);
}
