import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBlock, slotMs } from '../chain/block.ts';
import type { Devnet } from '../devnet.ts';
import { createDevnet } from '../devnet.ts';
import { newAccount, send } from '../fixture/chain.ts';
import { dumpState } from '../fixture/dump.ts';
import { createSession } from './session.ts';

let devnet: Devnet;
let stop: () => void;
/** Ids of the blocks that a reader of the stream was sent, in order. */
let sent: string[];

/** Where the block's id lies in a get_blocks_result: after its tag, head, last irreversible, and the mark of presence. */
const ID_AT = 1 + 36 + 36 + 1 + 4;
const ALL = Buffer.from([1, ...[1, 0, 0, 0], ...[255, 255, 255, 255], ...[255, 255, 0, 0], 0, 0, 1, 0, 0]);

beforeEach(() => {
  devnet = createDevnet();
  devnet.pauseFinality();
  sent = [];
  const outlet = {
    send: (frame: Buffer, gone: () => void) => {
      sent.push(frame.subarray(ID_AT, ID_AT + 32).toString('hex'));
      gone();
    },
    buffered: () => 0,
  };
  const session = createSession(devnet, outlet);
  const leave = devnet.onBlock(({ num }) => {
    session.head(num);
  });
  stop = () => {
    leave();
    session.close();
  };
  session.receive(ALL);
});
afterEach(() => {
  stop();
  devnet.close();
});

const idsFrom = (first: number): string[] =>
  Array.from(
    { length: devnet.info().headNum - first + 1 },
    (_, at) => devnet.blocks.id(first + at)?.toString('hex') ?? '',
  );

/** The reader is served between turns of the event loop. */
const served = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/** Blocks up to number `last`, each of which makes an account. */
function grow(last: number, name: string): void {
  while (devnet.info().headNum < last) {
    const letter = 'abcdefghijklmnopqrstuvwxyz'.charAt(devnet.info().headNum % 26);
    send(devnet, [newAccount(`${name}${letter}${devnet.info().headNum > 26 ? 'z' : ''}`)]);
    devnet.produceBlock();
  }
}

describe('a fork', () => {
  test.each([1, 12, 40])('of %i blocks is sent as the blocks of the other branch', async (depth) => {
    grow(41, 'old');
    await served();
    expect(sent).toEqual(idsFrom(1));
    const base = 41 - depth;
    const before = sent.length;
    devnet.forkAt(base);
    grow(base + 3, 'new');
    await served();
    expect(sent.slice(before)).toEqual(idsFrom(base + 1));
    expect(new Set(sent).size).toBe(sent.length);
  });

  test('goes down to the last irreversible block, and no further', () => {
    grow(10, 'old');
    devnet.resumeFinality();
    const { irreversibleNum } = devnet.info();
    expect(() => {
      devnet.forkAt(irreversibleNum - 1);
    }).toThrow('irreversible');
    devnet.forkAt(irreversibleNum);
    expect(devnet.produceBlock().num).toBe(irreversibleNum + 1);
  });

  test('turns back when the first branch is made again: same ids, same state', async () => {
    grow(12, 'old');
    const first = idsFrom(1);
    const state = dumpState(devnet.state);
    const branch = Array.from({ length: 4 }, (_, at) =>
      readBlock(devnet.block(9 + at)?.block ?? Buffer.alloc(0)),
    );
    devnet.forkAt(8);
    grow(10, 'new');
    expect(idsFrom(1)).not.toEqual(first.slice(0, 10));
    await served();
    devnet.forkAt(8);
    for (const { header, transactions } of branch) {
      devnet.travel(slotMs(header.slot));
      for (const { packed } of transactions) devnet.pushPacked(packed);
      devnet.produceBlock();
    }
    await served();
    expect(idsFrom(1)).toEqual(first);
    expect(dumpState(devnet.state)).toEqual(state);
    expect(sent.slice(-4)).toEqual(first.slice(8));
  });

  test('leaves slots empty, and numbers in a row', () => {
    grow(5, 'old');
    devnet.forkAt(3);
    const later = devnet.info().headTimeMs + 60_000;
    const { num, timeMs } = devnet.produceBlock(later);
    expect([num, timeMs]).toEqual([4, later]);
    expect(devnet.produceBlock().timeMs).toBe(later + 500);
  });
});
