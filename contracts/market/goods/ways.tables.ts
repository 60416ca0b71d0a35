import { EMPTY_NAME, Name } from 'proton-tsc';
import { refuse } from '../../shared/checks';

/** What an act of one kind does to the quantity it names, and by which words it is logged and booked. */
export class Way {
  constructor(
    /** Parts of the lot between which the quantity moves; `accepted` is the outside, which a lot's parts sum to. */
    public from: Name,
    public to: Name,
    public log: string,
    /** The kind of act that a reversal of it says it reverses. */
    public word: Name,
    /** Kind of the entry in funds; empty where no money is booked. */
    public entry: Name,
  ) {}
}

/** kind, from, to, log, word, entry. */
// prettier-ignore
const WAYS: string[] = [
  'accept', 'accepted', 'stock', 'logaccept', 'accept', 'accept',
  'buy', 'accepted', 'stock', 'logaccept', 'accept', 'buy',
  'ship', 'stock', 'shipped', 'logship', 'ship', '',
  'receive', 'accepted', 'stock', 'logreceive', 'receive', 'shipin',
  'shortfall', 'shipped', 'lost', 'logloss', 'loss', 'loss',
  'writeoff', 'stock', 'lost', 'logloss', 'loss', 'writeoff',
  'sellout', 'stock', 'sold', 'logsellout', 'sellout', 'sellout',
  'issue', 'stock', 'issued', 'logissue', 'issue', 'issue',
  'returned', 'issued', 'stock', 'logreturn', 'return', 'giveback',
  'spoiled', 'issued', 'lost', 'logreturn', 'return', 'giveback',
  'made', 'accepted', 'stock', 'logprocess', 'made', '',
  'used', 'stock', 'processed', 'logprocess', 'used', '',
  'shortage', 'stock', 'lost', 'logcount', 'shortage', 'shortage',
  'surplus', 'accepted', 'stock', 'logcount', 'surplus', 'surplus',
];
const COLUMNS = 6;

export function wayOf(kind: Name): Way {
  const word = kind.toString();
  let row = 0;
  while (row < WAYS.length && WAYS[row] != word) row += COLUMNS;
  if (row == WAYS.length) refuse(`kind: a kind of act on goods expected, came ${word}`);
  const entry = WAYS[row + 5];
  return new Way(
    Name.fromString(WAYS[row + 1]),
    Name.fromString(WAYS[row + 2]),
    WAYS[row + 3],
    Name.fromString(WAYS[row + 4]),
    entry.length == 0 ? EMPTY_NAME : Name.fromString(entry),
  );
}
