import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nameNumber } from '../bytes/name.ts';
import { createDevnet } from '../devnet.ts';
import type { Devnet } from '../devnet.ts';
import { act, goAbi, newAccount, send, setCode } from '../fixture/chain.ts';
import { dumpState } from '../fixture/dump.ts';
import { storing } from '../fixture/module.ts';
import { ABI, Serializer } from '@wharfkit/antelope';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zakroma-devnet-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const said: string[] = [];
const warned: string[] = [];
const open = (chainSeed = ''): Devnet => {
  said.length = warned.length = 0;
  return createDevnet({
    dir,
    chainSeed,
    log: { info: (message) => void said.push(message), warn: (message) => void warned.push(message) },
  });
};
const snapshots = (): string[] =>
  readdirSync(dir)
    .filter((name) => name.includes('.snapshot'))
    .sort();

/** A contract with a row and an index of each kind of state, then blocks of one new account each. */
function furnish(devnet: Devnet): void {
  send(devnet, [newAccount('maker'), newAccount('alice')]);
  const abi = Serializer.encode({ object: ABI.from(goAbi) }).hexString;
  send(devnet, [
    act('eosio', 'setabi', 'maker', { account: 'maker', abi }),
    setCode('maker', storing(nameNumber('alice'), nameNumber('rows'), true)),
  ]);
  send(devnet, [act('maker', 'go', 'alice', {})]);
  send(devnet, [
    act('eosio', 'linkauth', 'alice', {
      account: 'alice',
      code: 'maker',
      type: 'go',
      requirement: 'eosio.any',
    }),
  ]);
  devnet.produceBlock();
}
const letters = (num: number): string => String.fromCharCode(97 + Math.floor(num / 26), 97 + (num % 26));
function live(devnet: Devnet, blocks: number): void {
  for (let made = 0; made < blocks; made++) {
    send(devnet, [newAccount(`acc${letters(devnet.info().headNum)}`)]);
    devnet.produceBlock();
  }
}
const looks = (devnet: Devnet): string => `${devnet.info().headId} ${dumpState(devnet.state)}`;

/** A chain that was never stopped, for comparison. */
function uninterrupted(blocks: number): string {
  const devnet = createDevnet();
  furnish(devnet);
  live(devnet, blocks);
  return looks(devnet);
}

describe('a chain started again from a snapshot', () => {
  test('is the one that never stopped: same state, same blocks from there on, only the last blocks executed again', () => {
    let devnet = open();
    furnish(devnet);
    for (const blocks of [5, 4, 0, 3]) {
      live(devnet, blocks);
      const before = [looks(devnet), devnet.info()];
      devnet.close();
      devnet = open();
      expect([looks(devnet), devnet.info()]).toEqual(before);
      expect(said.at(-1)).toMatch(/ 3 of them executed again$/);
    }
    expect(looks(devnet)).toBe(uninterrupted(12));
    expect(snapshots().length).toBeLessThanOrEqual(2);
    devnet.close();
  });

  test('can still take back every block above the last irreversible one, and no other', () => {
    const first = open();
    furnish(first);
    live(first, 6);
    const { headNum, irreversibleNum } = first.info();
    first.forkAt(irreversibleNum + 1);
    const past = looks(first);
    live(first, headNum - irreversibleNum - 1);
    first.close();
    const devnet = open();
    expect(devnet.info()).toMatchObject({ headNum, irreversibleNum });
    expect(() => {
      devnet.forkAt(irreversibleNum - 1);
    }).toThrow('irreversible');
    devnet.forkAt(irreversibleNum + 1);
    expect(looks(devnet)).toBe(past);
    live(devnet, 1);
    devnet.close();
    expect(open().info().headNum).toBe(irreversibleNum + 2);
  });

  test('does not count what was not yet in a block when the snapshot was taken', () => {
    const devnet = open();
    furnish(devnet);
    send(devnet, [newAccount('waiting')]);
    devnet.startLive();
    devnet.stopLive();
    expect(snapshots()).toEqual([]);
    devnet.close();
    expect(open().state.accounts.has(nameNumber('waiting'))).toBe(true);
  });
});

describe('a snapshot that cannot be used is named and ignored, and the blocks are executed again', () => {
  const damages: [name: string, said: string, damage: (path: string) => void][] = [
    [
      'cut short',
      'it is damaged',
      (path) => {
        truncateSync(path, readFileSync(path).length - 7);
      },
    ],
    [
      'empty',
      'it is not a snapshot',
      (path) => {
        truncateSync(path, 0);
      },
    ],
    [
      'with a wrong byte',
      'it is damaged',
      (path) => {
        flip(path, 200);
      },
    ],
    [
      'of another version',
      'version 1 expected, it is of 2',
      (path) => {
        flip(path, 4, 3);
      },
    ],
    [
      'of another block',
      'it is damaged',
      (path) => {
        flip(path, 50);
      },
    ],
  ];
  const flip = (path: string, at: number, mask = 1): void => {
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ mask;
    writeFileSync(path, bytes);
  };

  test.each(damages)('%s', (_name, reason, damage) => {
    const devnet = open();
    furnish(devnet);
    live(devnet, 5);
    const before = looks(devnet);
    devnet.close();
    const [path = ''] = snapshots();
    damage(join(dir, path));
    writeFileSync(join(dir, 'state-9.snapshot.part'), 'what a kill left');
    const again = open();
    expect(looks(again)).toBe(before);
    expect(warned[0]).toBe(`ignored the snapshot ${join(dir, path)}: ${reason}`);
    expect(said.at(-1)).toContain(`${String(again.info().headNum - 1)} of them executed again`);
    expect(snapshots()).not.toContain('state-9.snapshot.part');
    again.close();
  });

  test('whose block a fork has replaced, and the older one is taken', () => {
    const devnet = open();
    furnish(devnet);
    live(devnet, 4);
    devnet.close();
    const [good = ''] = snapshots();
    const foreign = readFileSync(join(dir, good));
    writeFileSync(join(dir, 'state-6.snapshot'), foreign);
    const again = open();
    expect(warned[0]).toContain('it is of another chain');
    expect(said.at(-1)).toContain(' 3 of them executed again');
    again.close();
  });
});
