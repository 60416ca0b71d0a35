import { Name } from 'proton-tsc';
import { refuse, textOf } from '../shared/checks';

/** The two ledger accounts of an entry. The credit `parts` is `share` and `operations`, by the programme's rate (R67). */
export class Entry {
  constructor(
    public debit: Name,
    public credit: Name,
  ) {}
}

/** Kinds of the market's acts: kind, debit, credit. */
// prettier-ignore
export const ACT_ENTRIES: string[] = [
  'accept', 'goods', 'parts',
  'buy', 'goods', 'payables',
  'issue', 'share', 'goods',
  'giveback', 'goods', 'share',
  'sellout', 'receivables', 'goods',
  'loss', 'losses', 'goods',
  'writeoff', 'losses', 'goods',
  'shortage', 'losses', 'goods',
  'surplus', 'goods', 'surplus',
  'shipout', 'intercoop', 'goods',
  'shipin', 'goods', 'intercoop',
  'work', 'labour', 'parts',
  'rent', 'rent', 'share',
  'rentin', 'share', 'rent',
  'invest', 'share', 'targeted',
  'payback', 'targeted', 'share',
  'yield', 'operations', 'share',
];

/** Kinds of money from a member, booked when the cashier confirms it. */
// prettier-ignore
export const CASH_ENTRIES: string[] = [
  'entry', 'cash', 'indivisible',
  'share', 'cash', 'parts',
  'membership', 'cash', 'operations',
  'targeted', 'cash', 'targeted',
  'donation', 'cash', 'donations',
];

/** A refund: promised at once, paid out when the cashier confirms it. */
// prettier-ignore
export const REFUND_ENTRIES: string[] = [
  'refund', 'share', 'payables',
  'paidout', 'payables', 'cash',
];

/** The accounts that a kind of one of the tables above is booked on. */
export function entryOf(entries: string[], kind: Name): Entry {
  const word = textOf(kind);
  let known = '';
  for (let i = 0; i < entries.length; i += 3) {
    if (entries[i] == word)
      return new Entry(Name.fromString(entries[i + 1]), Name.fromString(entries[i + 2]));
  }
  for (let i = 0; i < entries.length; i += 3) known += entries[i] + ' ';
  refuse(`kind: one of ${known}expected, came ${word}`);
  return new Entry(new Name(), new Name());
}
