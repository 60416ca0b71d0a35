import { ABI, Serializer } from '@wharfkit/antelope';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPrivateKey, publicKeyOf, publicKeyText } from '../chain/keys.ts';
import { nameNumber } from './bytes/name.ts';
import { blockNumOf, readBlock } from './chain/block.ts';
import { ChainFault } from './chain/fault.ts';
import { createDevnet } from './devnet.ts';
import type { Devnet } from './devnet.ts';
import { act, authority, goAbi, KEY, newAccount, PUBLIC, send, setCode, signed } from './fixture/chain.ts';
import { dumpState } from './fixture/dump.ts';
import { contractModule, ENDLESS, I32, i32, storing } from './fixture/module.ts';

const OTHER = createPrivateKey('another signer');
const OTHER_PUBLIC = publicKeyText(publicKeyOf(OTHER));
const go = (actor: string, account = 'maker', permission?: string) =>
  act(account, 'go', actor, {}, permission);

let devnet: Devnet;

beforeEach(() => {
  devnet = createDevnet();
  send(devnet, [newAccount('maker'), newAccount('alice'), newAccount('bob')]);
  const abi = Serializer.encode({ object: ABI.from(goAbi) }).hexString;
  for (const account of ['maker', 'bob']) send(devnet, [act('eosio', 'setabi', account, { account, abi })]);
  devnet.produceBlock();
});

function refusal(work: () => unknown): { code: number; text: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof ChainFault) return { code: error.code, text: error.message };
    throw error;
  }
  throw new Error('a refusal expected, the chain accepted');
}

describe('a transaction is refused', () => {
  test('once expired, and when it would live too long', () => {
    expect(refusal(() => send(devnet, [go('alice')], { expires: -1 }))).toMatchObject({ code: 3040005 });
    expect(refusal(() => send(devnet, [go('alice')], { expires: 3601 }))).toMatchObject({ code: 3040006 });
    expect(send(devnet, [go('alice')], { expires: 3599 }).blockNum).toBe(3);
  });

  test('when it comes a second time, in the same block or a later one', () => {
    const bytes = signed(devnet, [go('alice')]);
    const { id } = devnet.pushPacked(bytes);
    expect(refusal(() => devnet.pushPacked(bytes))).toEqual({
      code: 3040008,
      text: `duplicate transaction ${id}`,
    });
    devnet.produceBlock();
    expect(refusal(() => devnet.pushPacked(bytes))).toMatchObject({ code: 3040008 });
  });

  test('when it refers to a block of another chain', () => {
    expect(
      refusal(() => send(devnet, [go('alice')], { referenceId: `00000002${'ab'.repeat(28)}` })),
    ).toMatchObject({ code: 3040007 });
  });

  test('without the signatures that it declares, with needless ones, and with one twice', () => {
    expect(refusal(() => send(devnet, [go('alice')], { keys: [] }))).toMatchObject({ code: 3090003 });
    expect(refusal(() => send(devnet, [go('alice')], { keys: [OTHER] }))).toMatchObject({ code: 3090003 });
    expect(refusal(() => send(devnet, [go('alice')], { keys: [KEY, OTHER] }))).toMatchObject({
      code: 3090002,
    });
    expect(refusal(() => send(devnet, [go('alice')], { keys: [KEY, KEY] }))).toMatchObject({ code: 3090001 });
  });

  test('for an account, permission or contract that is not there', () => {
    expect(refusal(() => send(devnet, [go('nobody')])).text).toBe(
      "action's authorizing actor 'nobody' does not exist",
    );
    expect(refusal(() => send(devnet, [go('alice', 'maker', 'nope')])).text).toContain(
      'non-existent permission',
    );
  });

  test('as malformed bytes, whatever they are', () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(40, 0xff),
      signed(devnet, [go('alice')]).subarray(0, -3),
    ]) {
      expect(refusal(() => devnet.pushPacked(bytes))).toMatchObject({ code: 3010010 });
    }
  });
});

describe('permissions', () => {
  const update = (permission: string, parent: string, auth: unknown) =>
    act('eosio', 'updateauth', 'alice', { account: 'alice', permission, parent, auth });

  test('reach through weights, delegation and links, and no further', () => {
    send(devnet, [
      update('sub', 'active', authority([OTHER_PUBLIC])),
      act('eosio', 'linkauth', 'alice', { account: 'alice', code: 'maker', type: 'go', requirement: 'sub' }),
    ]);
    send(devnet, [go('alice', 'maker', 'sub')], { keys: [OTHER] });
    expect(refusal(() => send(devnet, [go('alice', 'bob', 'sub')], { keys: [OTHER] }))).toMatchObject({
      code: 3090005,
    });
    send(devnet, [update('sub2', 'active', authority([], [['bob', 'active']]))]);
    expect(refusal(() => send(devnet, [go('alice', 'maker', 'sub2')]))).toMatchObject({ code: 3090005 });
    send(devnet, [
      act('eosio', 'updateauth', 'bob', {
        account: 'bob',
        permission: 'active',
        parent: 'owner',
        auth: authority([PUBLIC, OTHER_PUBLIC], [], 2),
      }),
    ]);
    expect(refusal(() => send(devnet, [act('maker', 'go', 'bob', {})]))).toMatchObject({ code: 3090003 });
    send(devnet, [act('maker', 'go', 'bob', {})], { keys: [KEY, OTHER] });
  });

  test('are kept from strangers, and from losing what hangs on them', () => {
    const foreign = act('eosio', 'updateauth', 'bob', {
      account: 'alice',
      permission: 'active',
      parent: 'owner',
      auth: authority([PUBLIC]),
    });
    expect(refusal(() => send(devnet, [foreign]))).toMatchObject({ code: 3090005 });
    expect(
      refusal(() => send(devnet, [update('active', 'owner', authority([PUBLIC], [], 2))])).text,
    ).toContain('Invalid authority');
    expect(refusal(() => send(devnet, [newAccount('alice')])).code).toBe(3050001);
  });
});

describe('a contract', () => {
  const alice = nameNumber('alice');

  test('that refuses after writing leaves the state as it was, to the byte', () => {
    send(devnet, [setCode('maker', storing(alice, nameNumber('rows'), false))]);
    const before = dumpState(devnet.state);
    expect(refusal(() => send(devnet, [go('alice')]))).toEqual({
      code: 3050003,
      text: 'assertion failure with message: no way',
    });
    expect(dumpState(devnet.state)).toBe(before);
  });

  test('bills the row to who signed, and notifies each account once', () => {
    send(devnet, [setCode('maker', storing(alice, nameNumber('rows'), true))]);
    expect(refusal(() => send(devnet, [go('bob')]))).toEqual({
      code: 3090004,
      text: 'missing authority of alice',
    });
    const { traces } = send(devnet, [go('alice')]);
    expect(traces.map(({ ordinal, creator, receiver }) => [ordinal, creator, receiver])).toEqual([
      [1, 0, nameNumber('maker')],
      [2, 1, alice],
    ]);
    expect([...(traces[0]?.ramDeltas ?? [])]).toEqual([[alice, 112 + 112 + 5]]);
  });

  test('that never ends is stopped, and the chain goes on', () => {
    send(devnet, [setCode('maker', ENDLESS)]);
    expect(refusal(() => send(devnet, [go('alice')]))).toMatchObject({ code: 3080004 });
    expect(devnet.produceBlock().transactions).toBe(1);
  });

  test('that imports what the host lacks is refused by that name', () => {
    const code = contractModule({
      imports: [{ name: 'set_privileged', params: [I32] }],
      apply: [...i32(1), 0x10, 0],
    });
    expect(refusal(() => send(devnet, [setCode('maker', code)])).text).toContain('set_privileged');
  });
});

describe('a live chain', () => {
  test('makes a block at every half second of the wall clock, with what was pushed since, until it is stopped', () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 4, 9, 10, 0, 0, 130) });
    try {
      const times: string[] = [];
      devnet.onBlock(({ time, transactions }) => void times.push(`${time} ${String(transactions)}`));
      devnet.startLive();
      vi.advanceTimersByTime(700);
      send(devnet, [go('alice')]);
      vi.advanceTimersByTime(500);
      devnet.stopLive();
      vi.advanceTimersByTime(5000);
      expect(times).toEqual(['2026-05-09T10:00:00.500Z 0', '2026-05-09T10:00:01.000Z 1']);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('blocks', () => {
  test('link, number themselves and keep to slots of half a second', () => {
    devnet.produceBlock();
    devnet.travel(Date.UTC(2020, 1, 2) + 1);
    const far = devnet.produceBlock();
    expect(far.timeMs).toBe(Date.UTC(2020, 1, 2) + 500);
    expect(() => {
      devnet.travel(Date.UTC(2019, 1, 1));
    }).toThrow('2020-02-02');
    for (let num = 2; num <= far.num; num++) {
      const stored = devnet.block(num);
      expect(stored && blockNumOf(stored.id)).toBe(num);
      expect(
        stored &&
          Buffer.from(readBlock(stored.block).header.previous).equals(
            devnet.blocks.id(num - 1) ?? Buffer.alloc(0),
          ),
      ).toBe(true);
    }
  });

  test('are made whole or not at all', () => {
    const before = dumpState(devnet.state);
    const { headId, headTimeMs } = devnet.info();
    const good = signed(devnet, [go('alice')]);
    expect(refusal(() => devnet.makeBlock(headTimeMs + 60_000, [good, good]))).toMatchObject({
      code: 3040008,
    });
    expect(dumpState(devnet.state)).toBe(before);
    expect(devnet.info().headId).toBe(headId);
    expect(devnet.makeBlock(headTimeMs + 60_000, [good])).toMatchObject({
      transactions: 1,
      timeMs: headTimeMs + 60_000,
    });
  });

  test('become final a set distance behind head, unless that is held', () => {
    for (let more = 0; more < 5; more++) devnet.produceBlock();
    expect(devnet.info()).toMatchObject({ headNum: 7, irreversibleNum: 4 });
    devnet.pauseFinality();
    devnet.produceBlock();
    expect(devnet.info().irreversibleNum).toBe(4);
    devnet.resumeFinality();
    expect(devnet.info().irreversibleNum).toBe(5);
  });

  test('of a fork replace others: the state is that of the fork point, ids differ, a dropped transaction may come again', () => {
    const point = devnet.info().headNum;
    const before = dumpState(devnet.state);
    const bytes = signed(devnet, [go('alice')]);
    devnet.pushPacked(bytes);
    const dropped = devnet.produceBlock();
    devnet.produceBlock();
    devnet.forkAt(point);
    expect(dumpState(devnet.state)).toBe(before);
    expect(devnet.info().headNum).toBe(point);
    devnet.pushPacked(bytes);
    const replaced = devnet.produceBlock();
    expect(replaced.num).toBe(dropped.num);
    expect(replaced.id).not.toBe(dropped.id);
    for (let more = 0; more < 4; more++) devnet.produceBlock();
    expect(() => {
      devnet.forkAt(point);
    }).toThrow('irreversible');
  });

  test('are the same for the same seed, and of another chain for another', () => {
    const ids = ['a', 'a', 'b'].map((chainSeed) => {
      const chain = createDevnet({ chainSeed });
      send(chain, [newAccount('alice')]);
      return [chain.chainId, chain.produceBlock().id];
    });
    expect(ids[0]).toEqual(ids[1]);
    expect(ids[0]?.[0]).not.toBe(ids[2]?.[0]);
  });
});
