import { hash } from 'node:crypto';
import { firstAbi, nextAbi, packAbi } from './abi-plan.ts';
import { packDeltas, packHeader, packTraces } from './block-bytes.ts';
import { drawChanges } from './draw-changes.ts';
import { drawData } from './draw-data.ts';
import { Packer } from './packer.ts';
import { randomOf } from './random.ts';
import { watched } from './sim-block.ts';
import type { AbiSet, Contract, SimAction, SimBlock, SimTransaction } from './sim-block.ts';

const foreign = ['other', 'shop.c', 'eosio'];

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

  type Drawn = Pick<SimAction, 'account' | 'name' | 'data' | 'values' | 'abi' | 'code'>;

  function draw(): Drawn {
    const raw = { values: null, abi: null, code: null };
    if (random.chance(habits.abiChance) && extra !== 'quiet') {
      const { data, ...abi } = setAbi();
      if (random.chance(0.05))
        return { account: 'eosio', name: 'setabi', data: data.subarray(0, -1), ...raw };
      return { account: 'eosio', name: 'setabi', data, ...raw, abi };
    }
    if (random.chance(0.03)) {
      const [account, code] = [random.pick(watched), random.bytes(random.pick([0, 50]))];
      const data = new Packer().name(account).u16(0).blob(code).done();
      return { account: 'eosio', name: 'setcode', data, ...raw, code: { account, code } };
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
    if (plan.actions.length === 0) return { account, name: 'gone', data: random.bytes(2), ...raw };
    const shape = random.pick(plan.actions);
    return { account, name: shape.name, ...raw, ...drawData(shape, random) };
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
    const { abi, code, ...rest } = drawn;
    if (isFirst && abi !== null) {
      const before = of(abi.account);
      const first = before.first ?? abi.plan;
      contracts.set(abi.account, { ...before, abis: before.abis + 1, plan: abi.plan, first });
    }
    if (isFirst && code !== null) {
      const before = of(code.account);
      contracts.set(code.account, { ...before, codes: before.codes + 1 });
    }
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
      abi: isFirst ? abi : null,
      code: isFirst ? code : null,
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
    const drawn: Drawn = { account: 'other', name: 'act', data, values: null, abi: null, code: null };
    return { id: sha256(`huge ${blockNum}`), status: 0, actions: [executed(drawn, 'other', 1, 0)] };
  }

  const count = blockNum === 1 || random.chance(0.15) ? 0 : random.below(habits.transactions + 1);
  const transactions = Array.from({ length: count }, (_, i) => transaction(i));
  if (extra === 'huge') transactions.push(hugeTransaction());
  const rows = new Map(previous?.rows);
  const changes = drawChanges(rows, contracts, random);
  // Slots without a block, and a producer of another turn.
  const slot = (previous?.slot ?? 1_500_000_000) + (random.chance(0.15) ? random.between(2, 40) : 1);
  const producer = random.pick(['prod', 'prod.b', 'zzzzzzzzzzzzj']);
  const previousId = previous?.blockId ?? '0'.repeat(64);
  const header = packHeader(random, slot, producer, previousId);
  return {
    ...{ blockNum, previous, previousId, slot, producer, transactions, sequence, contracts },
    ...{ rows, changes, deltas: packDeltas(changes, random) },
    blockId: blockNum.toString(16).padStart(8, '0') + sha256(header).slice(8),
    block: new Packer().raw(header).u8(0).raw(new Uint8Array(65)).varuint(0).varuint(0).done(),
    traces: blockNum === 1 ? null : packTraces(transactions, random.chance(0.3) ? 0 : 1),
  };
}
