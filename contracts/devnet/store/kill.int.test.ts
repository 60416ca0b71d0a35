import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nameNumber } from '../bytes/name.ts';
import { readBlock } from '../chain/block.ts';
import { readPacked } from '../chain/transaction.ts';
import { createDevnet } from '../devnet.ts';
import { newAccount, send } from '../fixture/chain.ts';
import { dumpState } from '../fixture/dump.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zakroma-devnet-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

type Acknowledged = { num: number; id: string; transaction: string; account: string };

/** Runs the producer on the folder, kills it after so many acknowledgements, and tells what it had acknowledged. */
async function killedAfter(count: number): Promise<Acknowledged[]> {
  const script = fileURLToPath(new URL('../fixture/producer.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const heard: Acknowledged[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [num = '', id = '', transaction = '', account = ''] = line.split(' ');
    if (account !== '') heard.push({ num: Number(num), id, transaction, account });
    if (heard.length === count) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return heard;
}

describe('a chain killed while it makes blocks', () => {
  test('starts again with every acknowledged block and transaction, and goes on with the next number', async () => {
    let heard: Acknowledged[] = [];
    for (const count of [40, 7]) {
      heard = [...heard, ...(await killedAfter(count))];
      const devnet = createDevnet({ dir });
      for (const { num, id, transaction, account } of heard) {
        expect(devnet.blocks.id(num)?.toString('hex')).toBe(id);
        const { transactions } = readBlock(devnet.block(num)?.block ?? Buffer.alloc(0));
        expect(transactions.map(({ packed }) => readPacked(packed).id.toString('hex'))).toContain(
          transaction,
        );
        expect(devnet.state.accounts.has(nameNumber(account))).toBe(true);
      }
      const { headNum } = devnet.info();
      expect(headNum).toBeGreaterThanOrEqual(heard.at(-1)?.num ?? Infinity);
      expect(devnet.produceBlock().num).toBe(headNum + 1);
      devnet.close();
    }
  }, 60_000);
});

describe('a block log', () => {
  const made = (blocks: number): string[] => {
    const devnet = createDevnet({ dir });
    const ids = Array.from({ length: blocks }, (_, at) => {
      send(devnet, [newAccount(`account${String.fromCharCode(97 + at)}`)]);
      return devnet.produceBlock().id;
    });
    devnet.close();
    return ids;
  };
  const path = (): string => join(dir, 'blocks.log');

  test('gives back the very state', () => {
    const devnet = createDevnet({ dir });
    for (const name of ['alice', 'bob', 'carol']) {
      send(devnet, [newAccount(name)]);
      devnet.produceBlock();
    }
    const state = dumpState(devnet.state);
    const info = devnet.info();
    devnet.close();
    const again = createDevnet({ dir });
    expect(dumpState(again.state)).toBe(state);
    expect(again.info()).toEqual(info);
    again.close();
  });

  test('loses a torn or damaged tail, and nothing before it', () => {
    const ids = made(4);
    const whole = readFileSync(path());
    const tails = {
      'half a frame': () => {
        truncateSync(path(), statSync(path()).size - 10);
      },
      'a wrong byte': () => {
        writeFileSync(path(), Buffer.concat([whole.subarray(0, -1), Buffer.of((whole.at(-1) ?? 0) ^ 1)]));
      },
    };
    for (const damage of Object.values(tails)) {
      writeFileSync(path(), whole);
      damage();
      const devnet = createDevnet({ dir });
      expect(devnet.info().headId).toBe(ids[2]);
      expect(devnet.produceBlock().num).toBe(5);
      devnet.close();
    }
    writeFileSync(path(), whole);
    appendFileSync(path(), Buffer.alloc(100, 7));
    const devnet = createDevnet({ dir });
    expect(devnet.info().headId).toBe(ids[3]);
    devnet.close();
  });

  test('keeps the branch that a fork chose', () => {
    made(2);
    const devnet = createDevnet({ dir });
    devnet.forkAt(2);
    const { id } = devnet.produceBlock();
    devnet.close();
    const again = createDevnet({ dir });
    expect(again.info()).toMatchObject({ headNum: 3, headId: id });
    expect(again.state.accounts.has(nameNumber('accountb'))).toBe(false);
    again.close();
  });

  test('of another chain is refused', () => {
    made(1);
    expect(() => createDevnet({ dir, chainSeed: 'another' })).toThrow('holds another chain');
  });
});
