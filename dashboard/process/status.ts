import type { IndexerStatus } from '../../indexer/indexer.ts';
import type { Phase, SystemStatus } from '../api/status.ts';
import type { Head } from './messages.ts';

/** A live chain makes a block every half second; one that made none for this long stands still. */
export const stalledAfterMs = 15_000;
/** Final blocks that may wait for their commit while figures still count as live; a commit takes a few of them at once. */
const liveLag = 20;

type Facts = {
  kind: SystemStatus['chain']['kind'];
  fictional: boolean;
  chainId: string | null;
  head: Head | null;
  headSeenAt: number;
  building: { done: number; total: number } | null;
  /** The chain holds what was asked of it: the demo region, or somebody's acts. */
  isBuilt: boolean;
  indexer: IndexerStatus | null;
  /** The last block whose rows pages can see, and its time. */
  committed: { block: number; time: string | null } | null;
  error: string | null;
};

/** What is known of the running parts, folded into the one status that pages show. State that depends on time is computed when asked. */
export type StatusBoard = {
  readonly facts: Facts;
  status(now: number): SystemStatus;
};

export function createStatusBoard(kind: Facts['kind'], fictional: boolean): StatusBoard {
  const facts: Facts = {
    kind,
    fictional,
    chainId: null,
    head: null,
    headSeenAt: 0,
    building: null,
    isBuilt: !fictional,
    indexer: null,
    committed: null,
    error: null,
  };
  return { facts, status: (now) => statusOf(facts, now) };
}

function statusOf(facts: Facts, now: number): SystemStatus {
  const { head, indexer } = facts;
  const lib = finalBlock(facts);
  const committed = facts.committed?.block ?? 0;
  const phase = phaseOf(facts, now);
  return {
    phase,
    chain: {
      kind: facts.kind,
      chainId: facts.chainId,
      head: Math.max(head?.head ?? 0, indexer?.head ?? 0),
      headTime: head?.headTime ?? null,
      lib,
    },
    indexer: {
      committed,
      committedTime: facts.committed?.time ?? null,
      lagBlocks: lag(facts),
      undecoded: indexer?.undecoded ?? 0,
      state: indexer?.state ?? 'idle',
      actions: indexer?.actions ?? 0,
      rate: indexer?.rate ?? 0,
      rows: indexer?.rows ?? 0,
      undecodedRows: indexer?.undecodedRows ?? 0,
      tailBlocks: indexer?.tail ?? 0,
      endpoint: indexer?.endpoint ?? 1,
      failures: indexer?.failures ?? 0,
    },
    fictional: facts.fictional,
    ...(phase === 'building' && facts.building !== null
      ? { progress: { ...facts.building, label: 'building' } }
      : {}),
    ...(phase === 'catching-up' ? { progress: { done: committed, total: lib, label: 'catching-up' } } : {}),
    ...(facts.error === null ? {} : { error: withoutAddresses(facts.error) }),
  };
}

/** An address may carry a key, and names a host that visitors need not know. */
function withoutAddresses(text: string): string {
  return text.replace(/\b(wss?|https?):\/\/[^\s,;]+/g, 'the endpoint');
}

function finalBlock({ head, indexer }: Facts): number {
  return Math.max(head?.lib ?? 0, indexer?.lib ?? 0);
}

function lag(facts: Facts): number {
  return Math.max(0, finalBlock(facts) - (facts.committed?.block ?? 0));
}

function phaseOf(facts: Facts, now: number): Phase {
  if (facts.error !== null) return 'failed';
  if (facts.building !== null) return 'building';
  if (facts.head === null || facts.indexer === null || !facts.isBuilt) return 'starting';
  const isHeld = facts.indexer.state === 'stalled' || facts.indexer.state === 'server-stuck';
  if (now - facts.headSeenAt > stalledAfterMs || isHeld) return 'stalled';
  const isRead = facts.indexer.state === 'live' || facts.indexer.state === 'idle';
  return isRead && lag(facts) <= liveLag ? 'live' : 'catching-up';
}
