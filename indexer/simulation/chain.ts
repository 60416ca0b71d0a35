import { hash } from 'node:crypto';
import { firstAbi, nextAbi, packAbi } from './abi-plan.ts';
import type { AbiPlan, Shape } from './abi-plan.ts';
import { Packer } from './packer.ts';
import { randomOf } from './random.ts';
import type { Random } from './random.ts';
import { absent } from './values.ts';
import type { Value } from './values.ts';

export const chainId = 'c0'.repeat(32);
/** Contracts whose actions are asked for; names with dots give tables with underscores, which may meet. */
export const watched: readonly string[] = ['shop', 'shop.b', 'depot'];
const foreign = ['other', 'shop.c', 'eosio'];

/** An ABI as an account had it set: null where the bytes are none. */
export type AbiSet = { readonly account: string; readonly bytes: Uint8Array; readonly plan: AbiPlan | null };

/** An executed action with all that the tables must say of it; `values` are null where its ABI cannot read the data. */
export type SimAction = {
  readonly ordinal: number;
  readonly creator: number;
  readonly receiver: string;
  readonly account: string;
  readonly name: string;
  readonly actors: readonly (readonly [actor: string, permission: string])[];
  readonly sequence: number;
  readonly abiSequence: number;
  readonly codeSequence: number;
  readonly digest: string;
  readonly data: Uint8Array;
  readonly values: readonly Value[] | null;
  readonly abi: AbiSet | null;
};

export type SimTransaction = {
  readonly id: string;
  /** 0 executed, 1 soft fail, 2 hard fail, 3 delayed, 4 expired. */
  readonly status: number;
  readonly actions: readonly SimAction[];
};

type Contract = {
  readonly abis: number;
  readonly codes: number;
  readonly plan: AbiPlan | null;
  readonly first: AbiPlan | null;
};

/** A block with its packed bytes, what they mean, and the chain's state after it. */
export type SimBlock = {
  readonly blockNum: number;
  readonly blockId: string;
  readonly previous: SimBlock | null;
  readonly previousId: string;
  /** Half seconds since 2000. */
  readonly slot: number;
  readonly producer: string;
  readonly transactions: readonly SimTransaction[];
  readonly block: Uint8Array;
  readonly traces: Uint8Array | null;
  readonly sequence: number;
  readonly contracts: ReadonlyMap<string, Contract>;
};

/** How a chain's blocks are filled. */
export type Habits = {
  /** Most transactions of a block; some are empty. */
  readonly transactions: number;
  /** How often an action sets an ABI, 0…1. */
  readonly abiChance: number;
  /** Bytes of one action for an account that nobody watches, in a block that the seed chooses; 0 = none. */
  readonly hugeBytes: number;
};

const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex');
const noContract: Contract = { abis: 0, codes: 0, plan: null, first: null };

/** Makes the block after `previous`. The same key makes the same block; another key, one of another branch. */
export function makeBlock(
  previous: SimBlock | null,
  key: readonly (string | number)[],
  habits: Habits,
  extra: 'huge' | 'quiet' | null = null,
): SimBlock {
  const random = randomOf(...key, previous?.blockId ?? 'genesis');
  const blockNum = (previous?.blockNum ?? 0) + 1;
  const contracts = new Map(previous?.contracts);
  let sequence = previous?.sequence ?? 0;

  function of(account: string): Contract {
    return contracts.get(account) ?? noContract;
  }

  function setAbi(): AbiSet & { readonly data: Uint8Array } {
    const account = random.pick([...watched, ...watched, 'other']);
    const { plan, first } = of(account);
    const next = first === null ? firstAbi(random) : nextAbi(plan ?? first, first, random);
    const rubbish = random.chance(0.12);
    const bytes = rubbish ? random.bytes(random.pick([0, 1, 30])) : packAbi(next);
    const data = new Packer().name(account).blob(bytes).done();
    return { account, bytes, plan: rubbish ? null : next, data };
  }

  type Drawn = Pick<SimAction, 'account' | 'name' | 'data' | 'values' | 'abi'> & { readonly code?: string };

  function packed(account: string, shape: Shape): Drawn {
    let isCut = false;
    const values = shape.fields.map(({ kind }) => {
      const value = isCut ? absent : kind.make(random);
      isCut ||= kind.type.endsWith('$') && value.bytes.length === 0;
      return value;
    });
    const data = Buffer.concat(values.map((value) => value.bytes));
    return { account, name: shape.action, data, values, abi: null };
  }

  /** Data that the shape cannot read, whatever its fields are. */
  function torn(account: string, shape: Shape): Drawn {
    const whole = packed(account, shape);
    const isOpen = shape.fields.at(-1)?.kind.type.endsWith('$') === true;
    const begins = shape.fields[0]?.name === 'first';
    const cut = begins ? whole.data.subarray(0, random.below(8)) : null;
    const long = isOpen ? null : Buffer.concat([whole.data, random.bytes(random.between(1, 9))]);
    const data = random.chance(0.5) ? (cut ?? long) : (long ?? cut);
    return data === null ? whole : { ...whole, data, values: null };
  }

  function draw(): Drawn {
    const raw = { values: null, abi: null };
    if (random.chance(habits.abiChance) && extra !== 'quiet') {
      const { data, ...abi } = setAbi();
      if (random.chance(0.05))
        return { account: 'eosio', name: 'setabi', data: data.subarray(0, -1), ...raw };
      return { account: 'eosio', name: 'setabi', data, values: null, abi };
    }
    if (random.chance(0.03)) {
      const code = random.pick(watched);
      const data = new Packer().name(code).u16(0).blob(random.bytes(50)).done();
      return { account: 'eosio', name: 'setcode', data, ...raw, code };
    }
    if (random.chance(0.12))
      return { account: random.pick(foreign), name: 'act', data: random.bytes(random.below(60)), ...raw };
    const account = random.pick(watched);
    const { plan } = of(account);
    if (plan === null || random.chance(0.05))
      return {
        account,
        name: random.pick(['act', 'unknown']),
        data: random.bytes(0),
        ...raw,
        ...known(account),
      };
    if (plan.broken.length > 0 && random.chance(0.2))
      return { account, name: 'broken', data: random.bytes(5), ...raw };
    if (plan.shapes.length === 0) return { account, name: 'gone', data: random.bytes(2), ...raw };
    const shape = random.pick(plan.shapes);
    return random.chance(0.08) ? torn(account, shape) : packed(account, shape);
  }

  /** An action of no ABI in force; never one that a shape could read by chance. */
  function known(account: string): Partial<Drawn> {
    return of(account).plan === null ? {} : { name: 'unknown' };
  }

  /** One action, those that it notifies and those that it sends: ordinals in order of their making, sequences of their execution. */
  function execute(into: SimAction[]): void {
    type Made = { readonly drawn: Drawn; readonly ordinal: number; readonly creator: number };
    let ordinals = into.length;
    const run = ({ drawn, ordinal, creator }: Made, depth: number): void => {
      into.push(executed(drawn, drawn.account, ordinal, creator));
      const notified = random.chance(0.3) ? [random.pick(['watcher', ...watched])] : [];
      const told = notified.filter((receiver) => receiver !== drawn.account);
      const notes = told.map((receiver) => ({ receiver, ordinal: ++ordinals }));
      const count = depth < 3 && random.chance(0.3) ? random.between(1, 2) : 0;
      const children = Array.from({ length: count }, () => ({ ordinal: ++ordinals, creator: ordinal }));
      for (const note of notes) into.push(executed(drawn, note.receiver, note.ordinal, ordinal));
      for (const child of children) run({ ...child, drawn: draw() }, depth + 1);
    };
    run({ drawn: draw(), ordinal: ++ordinals, creator: 0 }, 0);
  }

  function executed(drawn: Drawn, receiver: string, ordinal: number, creator: number): SimAction {
    const isFirst = receiver === drawn.account;
    const { code, ...rest } = drawn;
    if (isFirst && rest.abi !== null) {
      const before = of(rest.abi.account);
      contracts.set(rest.abi.account, {
        ...before,
        abis: before.abis + 1,
        plan: rest.abi.plan,
        first: before.first ?? rest.abi.plan,
      });
    }
    if (isFirst && code !== undefined) contracts.set(code, { ...of(code), codes: of(code).codes + 1 });
    sequence++;
    return {
      ...rest,
      ...{ receiver, ordinal, creator, sequence },
      abiSequence: of(drawn.account).abis,
      codeSequence: of(drawn.account).codes,
      actors: random.chance(0.1)
        ? []
        : [['ann', 'active'], ...(random.chance(0.2) ? [['bob', 'owner'] as const] : [])],
      digest: sha256(`digest ${sequence} ${blockNum}`),
      abi: isFirst ? rest.abi : null,
    };
  }

  function transaction(index: number): SimTransaction {
    const id = sha256(`${key.join('/')} ${blockNum} ${index}`);
    const status = random.chance(0.12) ? random.between(1, 4) : 0;
    if (status !== 0) return { id, status, actions: failed() };
    const actions: SimAction[] = [];
    for (let roots = random.pick([1, 1, 1, 2, 5]); roots > 0; roots--) execute(actions);
    return { id, status, actions: actions.sort((a, b) => a.ordinal - b.ordinal) };
  }

  /** What a failed transaction tried leaves nothing behind. */
  function failed(): SimAction[] {
    const before = { sequence, contracts: new Map(contracts) };
    const actions: SimAction[] = [];
    if (random.chance(0.7)) execute(actions);
    sequence = before.sequence;
    contracts.clear();
    for (const [account, contract] of before.contracts) contracts.set(account, contract);
    return actions.sort((a, b) => a.ordinal - b.ordinal);
  }

  function hugeTransaction(): SimTransaction {
    const data = Buffer.alloc(habits.hugeBytes, 7);
    const drawn: Drawn = { account: 'other', name: 'act', data, values: null, abi: null };
    return { id: sha256(`huge ${blockNum}`), status: 0, actions: [executed(drawn, 'other', 1, 0)] };
  }

  const count = blockNum === 1 || random.chance(0.15) ? 0 : random.below(habits.transactions + 1);
  const transactions = Array.from({ length: count }, (_, i) => transaction(i));
  if (extra === 'huge') transactions.push(hugeTransaction());
  // Slots without a block, and a producer of another turn.
  const slot = (previous?.slot ?? 1_500_000_000) + (random.chance(0.15) ? random.between(2, 40) : 1);
  const producer = random.pick(['prod', 'prod.b', 'zzzzzzzzzzzzj']);
  const previousId = previous?.blockId ?? '0'.repeat(64);
  const header = packHeader(random, slot, producer, previousId);
  return {
    ...{ blockNum, previous, previousId, slot, producer, transactions, sequence, contracts },
    blockId: blockNum.toString(16).padStart(8, '0') + sha256(header).slice(8),
    block: new Packer().raw(header).u8(0).raw(new Uint8Array(65)).varuint(0).varuint(0).done(),
    traces: blockNum === 1 ? null : packTraces(transactions, random.chance(0.3) ? 0 : 1),
  };
}

function packHeader(random: Random, slot: number, producer: string, previousId: string): Uint8Array {
  const to = new Packer().u32(slot).name(producer).u16(random.below(240)).hex(previousId);
  to.raw(random.bytes(32)).raw(random.bytes(32)).u32(random.below(9));
  to.maybe(random.chance(0.05) ? 'prod' : null, (name) =>
    to.u32(2).varuint(1).name(name).u8(0).raw(random.bytes(33)),
  );
  return to.list(random.chance(0.1) ? [1, 2] : [], (tag) => to.u16(tag).blob(random.bytes(8))).done();
}

/** `version`: of the action traces, 0 or 1. */
function packTraces(transactions: readonly SimTransaction[], version: number): Uint8Array {
  const to = new Packer();
  to.list(transactions, (transaction) => {
    putTransaction(to, transaction, version);
  });
  return to.done();
}

function putTransaction(to: Packer, { id, status, actions }: SimTransaction, version: number): void {
  to.u8(0).hex(id).u8(status).u32(100).varuint(300).u64(-1n).u64(80n).u8(0);
  to.list(actions, (action) => {
    putAction(to, action, status === 0, version);
  });
  to.maybe(status === 0 ? null : 'ann', (account) => to.name(account).u64(-5n));
  to.maybe(status === 0 ? null : 'assertion', (text) => to.text(text));
  to.maybe(status === 2 ? 7n : null, (code) => to.u64(code));
  // A hard failure carries the trace that its error handler left.
  to.maybe(status === 2 ? id : null, (inner) => {
    putTransaction(to, { id: inner, status: 1, actions: [] }, version);
  });
  to.u8(0);
}

function putAction(to: Packer, action: SimAction, hasReceipt: boolean, version: number): void {
  to.u8(version).varuint(action.ordinal).varuint(action.creator);
  to.maybe(hasReceipt ? action : null, (receipt) => {
    to.u8(0).name(receipt.receiver).hex(receipt.digest).u64(BigInt(receipt.sequence)).u64(1n);
    to.list(receipt.actors, ([actor]) => to.name(actor).u64(9n));
    to.varuint(receipt.codeSequence).varuint(receipt.abiSequence);
  });
  to.name(action.receiver).name(action.account).name(action.name);
  to.list(action.actors, ([actor, permission]) => to.name(actor).name(permission));
  to.blob(action.data).u8(0).u64(12n).text('').varuint(0).u8(0).u8(0);
  if (version === 1) to.blob(new Uint8Array(0));
}

/** The branch that ends with `head`, from block 1 on. */
export function branch(head: SimBlock): SimBlock[] {
  const blocks: SimBlock[] = [];
  for (let block: SimBlock | null = head; block !== null; block = block.previous) blocks.push(block);
  return blocks.reverse();
}
