import { Checksum256, EMPTY_NAME, Name, TableStore, requireAuth } from 'proton-tsc';
import { refuse, requireHash, requireWord, textOf } from '../shared/checks';
import { sendLog } from '../shared/log';
import { requireAccount } from '../shared/members';
import { hasRole } from '../shared/roles';
import { requireValidTerritory } from '../shared/territory';
import { Places } from './places.contract';
import { AccountFact } from './registry.log';
import { Account, hashKey } from './registry.tables';

const ACCOUNT_KINDS = 'person organisation trader';

/** The single accounts of persons, organisations and sole traders. */
export class Accounts extends Places {
  accounts: TableStore<Account> = new TableStore<Account>(this.receiver);

  /**
   * Makes the signer's single account; a second account of one person is refused (R7). An organisation or a trader is registered
   * by a person who is a member of a cooperative (R2) and signs too.
   */
  @action('register')
  register(
    account: Name,
    kind: Name,
    residence: string,
    person_hash: Checksum256,
    representative: Name,
  ): void {
    requireAuth(account);
    if (representative != EMPTY_NAME) requireAuth(representative);

    requireWord('kind', kind, ACCOUNT_KINDS);
    requireHash('person_hash', person_hash);
    requireValidTerritory(this.territories, 'residence', residence);
    if (this.accounts.exists(account.N)) refuse(`account: a new one expected, ${account} is registered`);
    const same = this.accounts.getBySecondaryU256(hashKey(person_hash), 0);
    if (same != null) refuse(`person_hash: one account a person expected, ${same.account} has the same`);
    this.checkRepresentative(kind, representative);

    const row = new Account(account, kind, residence, person_hash, representative);
    this.accounts.store(row, this.receiver);

    sendLog(this.receiver, 'logaccount', new AccountFact(row));
  }

  /** Says that a person was identified by papers (R1); `ano`, or a verifier of its own, signs. */
  @action('verify')
  verify(verifier: Name, account: Name, document_hash: Checksum256): void {
    requireAuth(verifier);

    const ano = Name.fromString('ano');
    if (verifier != ano && !hasRole(ano, verifier, Name.fromString('verifier')))
      refuse(`verifier: ano or one with role verifier expected, came ${textOf(verifier)}`);
    requireHash('document_hash', document_hash);
    const row = requireAccount('account', account);
    if (row.kind != Name.fromString('person'))
      refuse(`account: a person expected, ${account} is ${row.kind}`);
    if (row.verified) refuse(`account: one not verified yet expected, ${account} is verified`);

    row.verified = true;
    this.accounts.update(row, this.receiver);

    sendLog(this.receiver, 'logaccount', new AccountFact(row, verifier, document_hash));
  }

  /** Changes where an account lives, by its own papers; the account signs. */
  @action('setresidence')
  setresidence(account: Name, residence: string, document_hash: Checksum256): void {
    requireAuth(account);

    requireHash('document_hash', document_hash);
    const row = requireAccount('account', account);
    requireValidTerritory(this.territories, 'residence', residence);
    if (row.residence == residence)
      refuse(`residence: another one expected, ${account} lives in ${residence}`);

    row.residence = residence;
    this.accounts.update(row, this.receiver);

    sendLog(this.receiver, 'logaccount', new AccountFact(row, EMPTY_NAME, document_hash));
  }

  private checkRepresentative(kind: Name, representative: Name): void {
    if (kind == Name.fromString('person')) {
      if (representative != EMPTY_NAME)
        refuse(`representative: none of a person expected, came ${representative}`);
      return;
    }
    const person = requireAccount('representative', representative);
    if (person.kind != Name.fromString('person'))
      refuse(`representative: a person expected, ${representative} is ${person.kind}`);
    if (person.memberships == 0)
      refuse(`representative: an active member of some cooperative expected, ${representative} is none`);
  }
}
