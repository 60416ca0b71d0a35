import { Asset, Name, TableStore } from 'proton-tsc';
import { MAX_AMOUNT, amountText, roubles } from '../shared/amounts';
import { refuse, textOf } from '../shared/checks';
import { LedgerAccount, ShareAccount } from './funds.tables';
import { Line } from './funds.log';

/** Books lines in the cooperative's ledger. Each debits and credits the same amount, so the sum of a scope stays zero. */
export function bookLines(self: Name, coop: Name, lines: Line[]): void {
  const ledger = new TableStore<LedgerAccount>(self, coop);
  for (let i = 0; i < lines.length; i++) {
    addTo(ledger, self, lines[i].debit, lines[i].amount.amount);
    addTo(ledger, self, lines[i].credit, -lines[i].amount.amount);
  }
}

/** Both the balance and the amount are below 2^62, so their sum fits before it is checked. */
function addTo(ledger: TableStore<LedgerAccount>, self: Name, code: Name, amount: i64): void {
  const known = ledger.get(code.N);
  const account = known == null ? new LedgerAccount(code, 0) : known;
  account.balance += amount;
  if (account.balance > <i64>MAX_AMOUNT || account.balance < -(<i64>MAX_AMOUNT))
    refuse(`ledger account ${code}: at most ${MAX_AMOUNT} either way expected, would be ${account.balance}`);
  ledger.set(account, self);
}

/** The member's share account in the cooperative; one that was never moved is at zero. */
export function shareAccount(self: Name, coop: Name, member: Name): ShareAccount {
  const known = new TableStore<ShareAccount>(self, coop).get(member.N);
  if (known != null) return known;
  const zero = new Asset(0, roubles());
  return new ShareAccount(member, zero, zero, zero);
}

/**
 * Moves a share account and returns its balance. A contribution is an amount above zero, a return one below; undoing
 * takes back from the same side that the act had moved. The balance never falls below zero.
 */
export function moveShare(self: Name, coop: Name, member: Name, amount: i64, undo: bool): Asset {
  if (member.N == 0) refuse(`member: an account expected, came ${textOf(member)}`);
  const account = shareAccount(self, coop, member);
  const change = undo ? -amount : amount;
  if (account.balance.amount + change < 0) {
    const least = amountText(new Asset(-change, roubles()));
    refuse(`share account: at least ${least} expected, ${member} has ${amountText(account.balance)}`);
  }
  const side = new Asset(undo ? -abs(amount) : abs(amount), roubles());
  if (amount > 0) account.contributed = account.contributed + side;
  else account.returned = account.returned + side;
  account.balance = account.contributed - account.returned;
  new TableStore<ShareAccount>(self, coop).set(account, self);
  return account.balance;
}
