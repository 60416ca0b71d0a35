import type { IndexerStatus } from '../../indexer/indexer.ts';
import type { Phase, SystemStatus } from '../api/status.ts';
import type { Head } from './messages.ts';

/** A live chain makes a block every half second; one that made none for this long stands still. */
export const stalledAfterMs = 15_000;

type Facts = {
  kind: SystemStatus['chain']['kind'];
  fictional: boolean;
  chainId: string | null;
  head: Head | null;
  headSeenAt: number;
  building: { done: number; total: number } | null;
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
    indexer: null,
    committed: null,
    error: null,
  };
  return { facts, status: (now) => statusOf(facts, now) };
}

function statusOf(facts: Facts, now: number): SystemStatus {
  const { head, indexer } = facts;
  const lib = Math.max(head?.lib ?? 0, indexer?.lib ?? 0);
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
      lagBlocks: Math.max(0, lib - committed),
      undecoded: indexer?.undecoded ?? 0,
    },
    fictional: facts.fictional,
    ...(phase === 'building' && facts.building !== null
      ? { progress: { ...facts.building, label: 'building' } }
      : {}),
    ...(phase === 'catching-up' ? { progress: { done: committed, total: lib, label: 'catching-up' } } : {}),
    ...(facts.error === null ? {} : { error: facts.error }),
  };
}

function phaseOf(facts: Facts, now: number): Phase {
  if (facts.error !== null) return 'failed';
  if (facts.building !== null) return 'building';
  if (facts.head === null || facts.indexer === null) return 'starting';
  if (now - facts.headSeenAt > stalledAfterMs || facts.indexer.state === 'stalled') return 'stalled';
  return facts.indexer.state === 'live' ? 'live' : 'catching-up';
}
