import { parsePrivateKey, publicKeyOf } from '../chain/keys.ts';
import { Assembly } from './chain/assembly.ts';
import type { Finished, PushResult } from './chain/assembly.ts';
import { SLOT_MS, slotMs, slotOf } from './chain/block.ts';
import { Finality } from './chain/finality.ts';
import { chainIdOf, genesisBlock, seedState } from './chain/genesis.ts';
import type { Genesis } from './chain/genesis.ts';
import { packDeltas } from './chain/history.ts';
import { LiveTimer } from './live.ts';
import { createState } from './state/state.ts';
import type { StoredBlock } from './store/frame.ts';
import { headOf, storedBlock } from './store/head.ts';
import { Keeper } from './store/keeper.ts';
import { openBlockLog } from './store/log.ts';
import type { BlockLog } from './store/log.ts';
import { restore } from './store/restore.ts';

export type { PushResult } from './chain/assembly.ts';

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
  readonly log?: { info(message: string): void; warn(message: string): void };
  /** Wall clock, ms since 1970, for live blocks. */
  readonly clock?: () => number;
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
 * `produceBlock` closes it. Not for production: one producer, no network.
 */
export function createDevnet(options: DevnetOptions = {}) {
  const { dir, finalityLag = DEFAULT_LAG, log, clock = () => Date.now() } = options;
  const producerKey = parsePrivateKey(options.keys?.system ?? DEVELOPMENT_KEY);
  const genesis: Genesis = {
    timeMs: options.genesisTime ?? DEFAULT_GENESIS_MS,
    publicKey: publicKeyOf(producerKey),
    seed: options.chainSeed ?? '',
  };
  const chainId = chainIdOf(genesis);
  const state = createState();
  const blocks = openBlockLog(dir);
  const keeper = new Keeper({ dir, chainId, blocks, log });
  const first = genesisBlock(genesis);
  const firstHead = headOf({ id: first.id, block: first.block });
  const idOf = (num: number): Buffer | undefined => blocks.id(num);
  const assembly = new Assembly({ state, chainId, producerKey, idOf }, firstHead);
  const finality = new Finality(finalityLag, firstHead);
  const live = new LiveTimer(clock, () => void produceBlock());
  const listeners = new Set<BlockListener>();
  let nextSlot = 0;
  let closed = false;

  const seed = (): Buffer => {
    seedState(state, genesis);
    return packDeltas(state, state.log.cut());
  };
  if (blocks.last === 0)
    blocks.append({ num: 1, id: first.id, block: first.block, traces: undefined, deltas: seed() });
  else {
    const started = clock();
    const again = restore({
      dir,
      firstId: first.id,
      blocks,
      keeper,
      assembly,
      finality,
      state,
      seed,
      settle,
    });
    log?.info(
      `restored ${String(blocks.last)} blocks in ${String(clock() - started)} ms, ${String(again)} of them executed again`,
    );
  }

  function settle({ head, changes, count }: Finished): void {
    finality.add(head, changes);
    keeper.count(count);
  }

  function ensureOpen(): void {
    if (closed) throw new Error('the embedded chain is closed');
  }

  function slotNow(): number {
    return Math.max(assembly.head.slot + 1, nextSlot, live.running ? slotOf(clock()) : 0);
  }

  const pendingCount = (): number => assembly.pending?.count ?? 0;

  /** Writes the state of the last irreversible block, so that blocks above it can still be taken back after a restart. */
  function takeSnapshot(): void {
    if (pendingCount() > 0) return;
    assembly.abandon();
    finality.past(() => {
      keeper.write(state, finality.last.num);
    });
  }

  function produceBlock(timeMs?: number): ProducedBlock {
    ensureOpen();
    if (timeMs !== undefined) travel(timeMs);
    const { pending } = assembly;
    if (pending?.count === 0 && pending.slot < slotNow()) assembly.abandon();
    const made = assembly.finish(slotNow());
    const { head, block, traces, changes, count } = made;
    blocks.append({ num: head.num, id: head.id, block, traces, deltas: packDeltas(state, changes) });
    settle(made);
    nextSlot = 0;
    if (keeper.isDue) takeSnapshot();
    const told: ProducedBlock = {
      num: head.num,
      id: head.id.toString('hex'),
      time: new Date(slotMs(head.slot)).toISOString(),
      timeMs: slotMs(head.slot),
      transactions: count,
      lib: finality.last.num,
    };
    for (const listener of listeners) listener(told);
    return told;
  }

  /** Checks and runs a packed_transaction against the block under construction. Throws a ChainFault; then nothing has changed. */
  function pushPacked(packed: Uint8Array): PushResult {
    ensureOpen();
    return assembly.push(packed, slotNow());
  }

  function travel(timeMs: number): void {
    const slot = Math.ceil((timeMs - slotMs(0)) / SLOT_MS);
    if (pendingCount() > 0) produceBlock();
    const { head } = assembly;
    if (slot <= head.slot)
      throw new Error(
        `expected a time after the head block's ${new Date(slotMs(head.slot)).toISOString()}, got ${new Date(timeMs).toISOString()}`,
      );
    assembly.abandon();
    nextSlot = slot;
  }

  return {
    chainId: chainId.toString('hex'),
    state,
    blocks: blocks as Pick<BlockLog, 'last' | 'id' | 'read'>,

    pushPacked,
    /**
     * A whole block at this time (ms since 1970) with these packed_transactions and no others, all or none: throws the
     * ChainFault of the first that is refused, and then there is no such block.
     */
    makeBlock(timeMs: number, packed: readonly Uint8Array[]): ProducedBlock {
      ensureOpen();
      travel(timeMs);
      try {
        for (const one of packed) pushPacked(one);
      } catch (error) {
        assembly.abandon();
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
      return pendingCount() > 0;
    },
    /** Time that the next transaction will see, ms. */
    get pendingTimeMs(): number {
      return assembly.pending?.timeMs ?? slotMs(slotNow());
    },
    /** Makes a block every half second from now on, at the wall clock's time. */
    startLive(): void {
      ensureOpen();
      takeSnapshot();
      live.start();
    },
    stopLive(): void {
      live.stop();
    },
    info(): DevnetInfo {
      const { head } = assembly;
      return {
        chainId: chainId.toString('hex'),
        headNum: head.num,
        headId: head.id.toString('hex'),
        headTimeMs: slotMs(head.slot),
        irreversibleNum: finality.last.num,
        irreversibleId: finality.last.id.toString('hex'),
        irreversibleTimeMs: slotMs(finality.last.slot),
        live: live.running,
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
      finality.pause();
    },
    resumeFinality(): void {
      finality.resume();
    },
    /** Drops reversible blocks above `num`; blocks made from here on are another branch, with other ids. */
    forkAt(num: number): void {
      ensureOpen();
      const { head } = assembly;
      if (num < finality.last.num || num > head.num)
        throw new Error(
          `expected a block from ${String(finality.last.num)} (irreversible) to ${String(head.num)} (head), got ${String(num)}`,
        );
      assembly.abandon();
      nextSlot = head.slot + 1;
      finality.rewind(num);
      assembly.head = headOf(storedBlock(blocks, num));
      blocks.forget(num);
    },
    close(): void {
      if (closed) return;
      live.stop();
      if (pendingCount() > 0) produceBlock();
      takeSnapshot();
      closed = true;
      listeners.clear();
      blocks.close();
    },
  };
}
