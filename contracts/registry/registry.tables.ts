import { Checksum256, EMPTY_NAME, Name, Symbol, Table, TimePointSec, U256 } from 'proton-tsc';

/** A municipality or a larger territory, by its OKTMO code. The hierarchy is `parent`, never the digits. */
@table('territories')
export class Territory extends Table {
  constructor(
    public key: u64 = 0,
    public oktmo: string = '',
    public parent: string = '',
    public title: string = '',
    public valid_from: TimePointSec = new TimePointSec(),
    public valid_to: TimePointSec = new TimePointSec(),
    public successor: string = '',
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.key;
  }
}

/** Goods that acts may name. `grams_per_unit` is per whole unit; `primary_ppm` turns it into its primary equivalent. */
@table('products')
export class Product extends Table {
  constructor(
    public product: Name = EMPTY_NAME,
    public title: string = '',
    public okpd2: string = '',
    public basket_group: Name = EMPTY_NAME,
    public unit: Symbol = new Symbol(),
    public grams_per_unit: u32 = 0,
    public primary_ppm: u32 = 0,
    public valid_from: TimePointSec = new TimePointSec(),
    /** Zero has no end. */
    public valid_to: TimePointSec = new TimePointSec(),
    public successor: Name = EMPTY_NAME,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.product.N;
  }
}

@table('coops')
export class Coop extends Table {
  constructor(
    public coop: Name = EMPTY_NAME,
    public title: string = '',
    public legal_form: Name = EMPTY_NAME,
    public union: Name = EMPTY_NAME,
    public oktmo: string = '',
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.coop.N;
  }
}

/** A cooperative section; its chair signs the acts at its points. */
@table('sections')
export class Section extends Table {
  constructor(
    public section_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public kind: Name = EMPTY_NAME,
    public title: string = '',
    public chair: Name = EMPTY_NAME,
    public closed: bool = false,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.section_id;
  }
}

/** How many sections of the cooperative that is the table's scope an account chairs; no row where none. */
@table('chairs')
export class ChairCount extends Table {
  constructor(
    public account: Name = EMPTY_NAME,
    public sections: u32 = 0,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.account.N;
  }
}

/** A place where goods change hands. */
@table('points')
export class Point extends Table {
  constructor(
    public point_id: u64 = 0,
    public section_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public oktmo: string = '',
    public title: string = '',
    public address_hash: Checksum256 = new Checksum256(),
    public closed: bool = false,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.point_id;
  }
}

/** The single account of a person, an organisation or a sole trader; `residence` is an OKTMO. */
@table('accounts')
export class Account extends Table {
  constructor(
    public account: Name = EMPTY_NAME,
    public kind: Name = EMPTY_NAME,
    public residence: string = '',
    public person_hash: Checksum256 = new Checksum256(),
    /** The person who speaks for an organisation or a trader. */
    public representative: Name = EMPTY_NAME,
    public verified: bool = false,
    /** Cooperatives of which it is an active member. */
    public memberships: u32 = 0,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.account.N;
  }

  @secondary
  get byPerson(): U256 {
    return hashKey(this.person_hash);
  }

  set byPerson(_: U256) {}
}

/** Membership in the cooperative that is the table's scope. States: applied → active → left or excluded, and again applied. */
@table('members')
export class Member extends Table {
  constructor(
    public account: Name = EMPTY_NAME,
    public section_id: u64 = 0,
    public status: Name = EMPTY_NAME,
    public application_hash: Checksum256 = new Checksum256(),
    public decision_id: u64 = 0,
    /** Chair of the voting section when the member was admitted to it: the delegate of the member's vote (R4). */
    public delegate: Name = EMPTY_NAME,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.account.N;
  }
}

/** One who takes part without a vote in the section that is the table's scope. */
@table('partakers')
export class Partaker extends Table {
  constructor(public account: Name = EMPTY_NAME) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.account.N;
  }
}

/** Index key of a hash in nodeos' order (two big-endian 128-bit words), so that `get_table_rows` finds it as sha256. */
export function hashKey(hash: Checksum256): U256 {
  const start = hash.data.dataStart;
  return new U256(
    bswap<u64>(load<u64>(start, 8)),
    bswap<u64>(load<u64>(start)),
    bswap<u64>(load<u64>(start, 24)),
    bswap<u64>(load<u64>(start, 16)),
  );
}
