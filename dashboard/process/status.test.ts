import { describe, expect, test } from 'vitest';
import type { IndexerStatus } from '../../indexer/indexer.ts';
import { createStatusBoard, stalledAfterMs } from './status.ts';

const indexer: IndexerStatus = {
  state: 'live',
  head: 12,
  lib: 9,
  committed: 9,
  lag: 0,
  tail: 3,
  actions: 4,
  rate: 0,
  undecoded: 0,
  rows: 0,
  undecodedRows: 0,
  endpoint: 1,
  failures: 0,
  error: null,
};

function liveBoard() {
  const board = createStatusBoard('devnet', true);
  board.facts.isBuilt = true;
  board.facts.chainId = 'aa'.repeat(32);
  board.facts.head = { head: 12, headTime: '2026-11-21T10:00:00.000Z', lib: 9 };
  board.facts.headSeenAt = 1000;
  board.facts.indexer = indexer;
  board.facts.committed = { block: 8, time: '2026-11-21T09:59:58Z' };
  return board;
}

describe('the status board', () => {
  test('knows nothing at first', () => {
    expect(createStatusBoard('devnet', true).status(0)).toMatchObject({
      phase: 'starting',
      chain: { chainId: null, head: 0, headTime: null },
      indexer: { committed: 0, committedTime: null },
    });
  });

  test('is live while blocks come, with the lag in final blocks', () => {
    expect(liveBoard().status(1500)).toMatchObject({
      phase: 'live',
      indexer: { committed: 8, lagBlocks: 1 },
    });
  });

  test('a chain that makes no block stands still, whatever the indexer says', () => {
    expect(liveBoard().status(1000 + stalledAfterMs + 1).phase).toBe('stalled');
  });

  test('building shows its progress, also while blocks are read', () => {
    const board = liveBoard();
    board.facts.building = { done: 30, total: 120 };
    expect(board.status(1000)).toMatchObject({
      phase: 'building',
      progress: { done: 30, total: 120, label: 'building' },
    });
  });

  test('a chain that is not given its region yet is only starting, however fast it is read', () => {
    const board = liveBoard();
    board.facts.isBuilt = false;
    expect(board.status(1000).phase).toBe('starting');
  });

  test('catching up counts blocks to the last irreversible one', () => {
    const board = liveBoard();
    board.facts.indexer = { ...indexer, state: 'catching-up' };
    expect(board.status(1000)).toMatchObject({ phase: 'catching-up', progress: { done: 8, total: 9 } });
  });

  test('tells what the indexer is doing and how fast', () => {
    const board = liveBoard();
    board.facts.indexer = {
      ...indexer,
      state: 'server-stuck',
      actions: 7,
      rate: 3,
      endpoint: 2,
      failures: 5,
    };
    expect(board.status(1000)).toMatchObject({
      phase: 'stalled',
      indexer: { state: 'server-stuck', actions: 7, rate: 3, tailBlocks: 3, endpoint: 2, failures: 5 },
    });
  });

  test('a failure is told without the address that it came from', () => {
    const board = liveBoard();
    board.facts.error = 'wss://node.example:443/v1/KEY serves chain ab, expected cd';
    expect(board.status(1000).error).toBe('the endpoint serves chain ab, expected cd');
  });

  test('a failure stays and says why', () => {
    const board = liveBoard();
    board.facts.error = 'forged link at block 7';
    expect(board.status(1000)).toMatchObject({ phase: 'failed', error: 'forged link at block 7' });
  });
});
