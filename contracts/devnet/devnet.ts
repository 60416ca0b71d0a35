import { parsePrivateKey, publicKeyOf } from '../chain/keys.ts';
import { admit, forgetExpired } from './chain/admit.ts';
import { blockNumOf, readBlock, SLOT_MS, slotMs, slotOf } from './chain/block.ts';
import { ChainFault } from './chain/fault.ts';
import { chainIdOf, genesisBlock, seedState } from './chain/genesis.ts';
import type { Genesis } from './chain/genesis.ts';
import { packDeltas } from './chain/history.ts';
import { startBlock } from './chain/maker.ts';
import type { Applied, Head, Maker } from './chain/maker.ts';
import { readPacked } from './chain/transaction.ts';
import { createHost } from './host/host.ts';
import { createState } from './state/state.ts';
import { undo } from './state/undo.ts';
import type { Change } from './state/undo.ts';
import { openBlockLog } from './store/log.ts';
import type { BlockLog, StoredBlock } from './store/log.ts';

export const DEVELOPMENT_KEY = '5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3';

export type DevnetOptions = {
  /** Folder of the block log; absent = the chain lives in memory. */
  readonly dir?: string;
  /** Text mixed into the chain's id and, where no key is given, nothing else. */
  readonly chainSeed?: string;
  /** Blocks between head and the last irreversible one. */
  readonly finalityLag?: number;
  /** Private key (WIF or PVT_K1_) of `eosio`, which also signs blocks. */
  readonly keys?: { readonly system?: string };
  /** Time of block 1, ms since 1970. */
  readonly genesisTime?: number;
  readonly log?: { info(message: string): void };
  /** Wall clock, ms since 1970, for live blocks. */
  readonly clock?: () => number;
};

export type PushResult = Applied & {
  readonly id: string;
  /** The block that will hold it. */
  readonly blockNum: number;
  readonly blockTimeMs: number;
};

export type DevnetInfo = {
  readonly chainId: string;
  readonly headNum: number;
  readonly headId: string;
  readonly headTimeMs: number;
  readonly irreversibleNum: number;
  readonly irreversibleId: string;
  readonly irreversibleTimeMs: number;
  readonly live: boolean;
};

export type ProducedBlock = {
  readonly num: number;
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly timeMs: number;
  readonly transactions: number;
  /** Number of the last irreversible block once this one is made. */
  readonly lib: number;
};
type BlockListener = (block: ProducedBlock) => void;

export type Devnet = ReturnType<typeof createDevnet>;

const DEFAULT_LAG = 3;
const DEFAULT_GENESIS_MS = Date.UTC(2016, 0, 1);

/**
 * The embedded chain: a synchronous core. Transactions run when pushed, against the block under construction;
 * `produceBlock` closes it. Not for production: one producer, no network, history kept whole.
 */
export function createDevnet(options: DevnetOptions = {}) {
  const { finalityLag = DEFAULT_LAG, log, clock = () => Date.now() } = options;
  const producerKey = parsePrivateKey(options.keys?.system ?? DEVELOPMENT_KEY);
  const genesis: Genesis = {
    timeMs: options.genesisTime ?? DEFAULT_GENESIS_MS,
    publicKey: publicKeyOf(producerKey),
    seed: options.chainSeed ?? '',
  };
  const chainId = chainIdOf(genesis);
  const state = createState();
  const deps = { state, host: createHost() };
  const blocks = openBlockLog(options.dir);
  const prefixes = new Uint32Array(0x1_0000);
  const listeners = new Set<BlockListener>();
  /** Changes of blocks above the last irreversible one, oldest first. */
  const reversible: { num: number; changes: Change[] }[] = [];
  let head: Head;
  /** Slots of the blocks from the last irreversible one to head. */
  const slots = new Map<number, number>();
  let irreversible = 1;
  let finalityPaused = false;
  let pending: Maker | undefined;
  let nextSlot = 0;
  let timer: NodeJS.Timeout | undefined;

  function remember(next: Head): void {
    head = next;
    slots.set(next.num, next.slot);
    prefixes[next.num & 0xffff] = next.id.readUInt32LE(8);
  }

  function begin(slot: number): Maker {
    forgetExpired(state, slotMs(slot));
    pending = startBlock(deps, head, slot);
    return pending;
  }

  /** Takes back a block under construction. */
  function abandon(): void {
    pending = undefined;
    undo(state.log.cut());
  }

  function slotNow(): number {
    const asked = timer === undefined ? 0 : slotOf(clock());
    return Math.max(head.slot + 1, nextSlot, asked);
  }

  /** Closes the block under construction; `keep` writes it, a replay only checks it. */
  function close(maker: Maker, keep: boolean): ProducedBlock {
    const { head: made, block, traces } = maker.finish(producerKey);
    const changes = state.log.cut();
    if (keep) {
      const deltas = packDeltas(state, changes);
      blocks.append({ num: made.num, id: made.id, block, traces, deltas });
    }
    reversible.push({ num: made.num, changes });
    pending = undefined;
    remember(made);
    advanceFinality();
    return {
      num: made.num,
      id: made.id.toString('hex'),
      time: new Date(slotMs(made.slot)).toISOString(),
      timeMs: slotMs(made.slot),
      transactions: maker.count,
      lib: irreversible,
    };
  }

  function advanceFinality(): void {
    if (finalityPaused) return;
    const before = irreversible;
    irreversible = Math.max(irreversible, head.num - finalityLag);
    for (let num = before; num < irreversible; num++) slots.delete(num);
    while ((reversible[0]?.num ?? Infinity) <= irreversible) reversible.shift();
  }

  function replay(stored: StoredBlock): void {
    const { header, transactions } = readBlock(stored.block);
    const maker = begin(header.slot);
    for (const { packed } of transactions) {
      const transaction = readPacked(packed);
      state.transactions.set(transaction.id.toString('hex'), transaction.transaction.expiration);
      maker.apply(transaction);
    }
    const made = close(maker, false);
    if (made.id !== stored.id.toString('hex')) {
      throw new Error(
        `block ${String(stored.num)} of ${String(options.dir)} was ${stored.id.toString('hex')}, executed again it is ${made.id}: ` +
          'the folder was made by another version of the embedded chain; remove it to start a new chain',
      );
    }
  }

  seedState(state, genesis);
  const seeded = packDeltas(state, state.log.cut());
  const first = genesisBlock(genesis);
  remember({ num: 1, id: first.id, slot: first.slot, packedHeader: packedHeaderOf(first.block) });
  if (blocks.last === 0)
    blocks.append({ num: 1, id: first.id, block: first.block, traces: undefined, deltas: seeded });
  else restore();

  function restore(): void {
    const kept = blocks.id(1)?.toString('hex');
    if (kept !== first.id.toString('hex')) {
      throw new Error(
        `${String(options.dir)} holds another chain (first block ${String(kept)}, expected ${first.id.toString('hex')}): use another folder or the seed it was made with`,
      );
    }
    const started = clock();
    for (let num = 2; num <= blocks.last; num++) {
      const stored = blocks.read(num);
      if (stored !== undefined) replay(stored);
    }
    log?.info(`restored ${String(blocks.last)} blocks in ${String(clock() - started)} ms`);
  }

  function ensureOpen(): void {
    if (closed) throw new Error('the embedded chain is closed');
  }
  let closed = false;

  function produceBlock(timeMs?: number): ProducedBlock {
    ensureOpen();
    if (timeMs !== undefined) travel(timeMs);
    if (pending !== undefined && pending.count === 0 && pending.slot < slotNow()) abandon();
    const made = close(pending ?? begin(slotNow()), true);
    nextSlot = 0;
    for (const listener of listeners) listener(made);
    return made;
  }

  /** Checks and runs a packed_transaction against the block under construction. Throws a ChainFault; then nothing has changed. */
  function pushPacked(packed: Uint8Array): PushResult {
    ensureOpen();
    const transaction = readPacked(packed);
    const maker = pending ?? begin(slotNow());
    const mark = state.log.mark();
    try {
      admit(transaction, {
        state,
        chainId,
        blockTimeMs: maker.timeMs,
        prefixOf: (num) => prefixes[num] ?? 0,
      });
      const applied = maker.apply(transaction);
      return {
        ...applied,
        id: transaction.id.toString('hex'),
        blockNum: maker.num,
        blockTimeMs: maker.timeMs,
      };
    } catch (error) {
      state.log.rollback(mark);
      if (error instanceof RangeError)
        throw new ChainFault('packed_transaction_type_exception', error.message);
      throw error;
    }
  }

  function travel(timeMs: number): void {
    const slot = Math.ceil((timeMs - slotMs(0)) / SLOT_MS);
    if (pending !== undefined && pending.count > 0) produceBlock();
    if (slot <= head.slot)
      throw new Error(
        `expected a time after the head block's ${new Date(slotMs(head.slot)).toISOString()}, got ${new Date(timeMs).toISOString()}`,
      );
    if (pending !== undefined) abandon();
    nextSlot = slot;
  }

  return {
    chainId: chainId.toString('hex'),
    state: state,
    blocks: blocks as Pick<BlockLog, 'last' | 'id' | 'read'>,

    pushPacked,
    /**
     * A whole block at this time (ms since 1970) with these packed_transactions and no others, all or none: throws the
     * ChainFault of the first that is refused, and then there is no such block.
     */
    makeBlock(timeMs: number, packed: readonly Uint8Array[]): ProducedBlock {
      travel(timeMs);
      try {
        for (const one of packed) pushPacked(one);
      } catch (error) {
        abandon();
        throw error;
      }
      return produceBlock();
    },
    /** Closes the block under construction, or makes an empty one; `timeMs` sets its time first, as `travel` does. */
    produceBlock,
    /** The next block gets this time, rounded up to a slot. A block that already holds transactions is closed first. */
    travel,
    /** Whether transactions wait for their block to be closed. */
    get hasPending(): boolean {
      return (pending?.count ?? 0) > 0;
    },
    /** Time that the next transaction will see, ms. */
    get pendingTimeMs(): number {
      return pending?.timeMs ?? slotMs(slotNow());
    },
    /** Makes a block every half second from now on, at the wall clock's time. */
    startLive(): void {
      ensureOpen();
      if (timer !== undefined) return;
      const tick = (): void => {
        timer = setTimeout(tick, SLOT_MS - (clock() % SLOT_MS));
        produceBlock();
      };
      timer = setTimeout(tick, SLOT_MS - (clock() % SLOT_MS));
    },
    stopLive(): void {
      clearTimeout(timer);
      timer = undefined;
    },
    info(): DevnetInfo {
      return {
        chainId: chainId.toString('hex'),
        headNum: head.num,
        headId: head.id.toString('hex'),
        headTimeMs: slotMs(head.slot),
        irreversibleNum: irreversible,
        irreversibleId: (blocks.id(irreversible) ?? first.id).toString('hex'),
        irreversibleTimeMs: slotMs(slots.get(irreversible) ?? first.slot),
        live: timer !== undefined,
      };
    },
    block: (num: number): StoredBlock | undefined => blocks.read(num),
    /** Calls back after every block, and after a fork with its new head. Returns how to stop. */
    onBlock(listener: BlockListener): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Holds the last irreversible block where it is, so that a test can fork deep. */
    pauseFinality(): void {
      finalityPaused = true;
    },
    resumeFinality(): void {
      finalityPaused = false;
      advanceFinality();
    },
    /** Drops reversible blocks above `num`; blocks made from here on are another branch, with other ids. */
    forkAt(num: number): void {
      ensureOpen();
      if (num < irreversible || num > head.num)
        throw new Error(
          `expected a block from ${String(irreversible)} (irreversible) to ${String(head.num)} (head), got ${String(num)}`,
        );
      if (pending !== undefined) abandon();
      nextSlot = head.slot + 1;
      while ((reversible.at(-1)?.num ?? 0) > num) undo(reversible.pop()?.changes ?? []);
      const stored = blocks.read(num);
      if (stored === undefined) throw new Error(`expected block ${String(num)} in the block log`);
      for (let gone = num + 1; gone <= head.num; gone++)
        prefixes[gone & 0xffff] = blocks.id(gone - 0x1_0000)?.readUInt32LE(8) ?? 0;
      blocks.forget(num);
      remember({
        num: blockNumOf(stored.id),
        id: stored.id,
        slot: readBlock(stored.block).header.slot,
        packedHeader: packedHeaderOf(stored.block),
      });
    },
    close(): void {
      if (closed) return;
      if (pending !== undefined && pending.count > 0) produceBlock();
      closed = true;
      clearTimeout(timer);
      timer = undefined;
      listeners.clear();
      blocks.close();
    },
  };
}

/** timestamp, producer, confirmed, previous, two roots, schedule version, no new producers, no extensions. */
const HEADER_SIZE = 4 + 8 + 2 + 32 * 3 + 4 + 1 + 1;
const packedHeaderOf = (block: Uint8Array): Buffer => Buffer.from(block.subarray(0, HEADER_SIZE));
