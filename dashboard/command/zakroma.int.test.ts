import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startShipServer } from '../../indexer/testing/ship-server.ts';
import { branch, chainId, makeBlock, shopAbi, straight } from '../../indexer/testing/sim-chain.ts';
import { openWarehouse } from '../../warehouse/open.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { runCommand, startCommand } from './testing/run.ts';

type Server = Awaited<ReturnType<typeof startShipServer>>;

/** Acts under two ABIs, with one action in block 203 that its ABI cannot decode. */
function history() {
  let head = straight(200);
  head = makeBlock(head, [{ kind: 'setabi', abi: shopAbi([{ name: 'extra', type: 'uint8$' }]) }], 0);
  head = makeBlock(head, [{ kind: 'act', id: 9_001 }], 0);
  head = makeBlock(head, [{ kind: 'torn' }, { kind: 'act', id: 9_002 }], 0);
  for (let i = 0; i < 97; i++) head = makeBlock(head, [{ kind: 'act', id: 9_100 + i }], 0);
  return head;
}

const head = history();
const view = { head, lib: 297 };
const acts = branch(head)
  .slice(0, view.lib)
  .flatMap((block) => block.acts.map((act) => [String(act.id), block.blockNum]));
let server: Server;
let root: string;

beforeAll(async () => {
  server = await startShipServer({ view });
  root = await mkdtemp(join(tmpdir(), 'zakroma-command-'));
});

afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

async function within<Result>(
  name: string,
  work: (warehouse: Warehouse) => Promise<Result>,
): Promise<Result> {
  const warehouse = await openWarehouse({ path: join(root, name, 'warehouse') });
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

const stored = (name: string) =>
  within(name, (warehouse) =>
    warehouse.query<{ id: string; block_num: number }>(
      'select id, block_num from chain.shop_act order by global_sequence',
    ),
  ).then((rows) => rows.map(({ id, block_num }) => [id, block_num]));

const index = (name: string, ...more: string[]) =>
  runCommand('indexer', '--ship', server.url, '--watch', 'shop', '--data', join(root, name), ...more);
const verify = (name: string, ...more: string[]) =>
  runCommand('verify', '--ship', server.url, '--data', join(root, name), ...more);

describe('zakroma', () => {
  test('without a command or with a wrong one says what there is, code 2', async () => {
    expect(await runCommand()).toMatchObject({
      code: 2,
      out: expect.stringContaining('zakroma <command>') as string,
    });
    expect(await runCommand('idnexer')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Known: indexer, verify, redecode') as string,
    });
    expect(await runCommand('verify', '--help')).toMatchObject({ code: 0 });
    expect(await runCommand('indexer', '--watch', 'shop')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--ship') as string,
    });
  });

  test('indexer reads up to a block, goes on from there, and verify finds all in place', async () => {
    expect(await index('steps', '--to', '120', '--chain-id', chainId)).toMatchObject({ code: 0 });
    expect(await stored('steps')).toEqual(acts.filter(([, block]) => Number(block) <= 120));
    const more = await runCommand(
      'indexer',
      '--ship',
      server.url,
      '--data',
      join(root, 'steps'),
      '--to',
      '297',
      '--parallel',
      '2',
    );
    expect(more).toMatchObject({ code: 0, out: expect.stringContaining('hold block 297') as string });
    expect(await stored('steps')).toEqual(acts);
    expect(await verify('steps')).toMatchObject({
      code: 0,
      out: 'Blocks 1–297 are in the tables as the chain has them.\n',
    });
    expect(await verify('steps', '--from', '150', '--to', '160', '--parallel', '3')).toMatchObject({
      code: 0,
    });
  });

  test('indexer refuses another chain and another watch list, code 1', async () => {
    expect(await index('other', '--chain-id', 'ad'.repeat(32))).toMatchObject({
      code: 1,
      err: expect.stringContaining(`expected ${'ad'.repeat(32)}`) as string,
    });
    expect(await index('other', '--to', '20')).toMatchObject({ code: 0 });
    const wider = await runCommand(
      'indexer',
      '--ship',
      server.url,
      '--watch',
      'shop,other',
      '--data',
      join(root, 'other'),
    );
    expect(wider).toMatchObject({
      code: 1,
      err: expect.stringContaining('filled with the actions of shop') as string,
    });
  });

  test('indexer follows the chain until SIGTERM, serves metrics, and ends with code 0', async () => {
    const { child, outcome } = startCommand([
      ...[
        'indexer',
        '--ship',
        server.url,
        '--watch',
        'shop',
        '--data',
        join(root, 'follow'),
        '--metrics',
        '0',
      ],
    ]);
    const url = await new Promise<string>((resolve) => {
      child.stdout?.on('data', (text: string) => {
        const found = /Metrics: (\S+)/.exec(text)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    const read = async (path: string) => fetch(new URL(path, url));
    await expect
      .poll(async () => (await read('/metrics')).text(), { timeout: 30_000 })
      .toContain('zakroma_indexer_committed_block 297\n');
    expect(await (await read('/metrics')).text()).toContain('zakroma_indexer_undecoded_total 1\n');
    expect((await read('/healthz')).status).toBe(200);
    expect(await (await read('/api/status')).json()).toMatchObject({
      head: 300,
      lib: 297,
      committed: 297,
      lag: 0,
    });
    expect((await read('/nowhere')).status).toBe(404);
    child.kill('SIGTERM');
    expect(await outcome).toMatchObject({
      code: 0,
      out: expect.stringContaining('hold block 297') as string,
    });
  });
});

describe('after somebody has changed the tables by hand', () => {
  beforeAll(async () => {
    expect(await index('hand', '--to', '297')).toMatchObject({ code: 0 });
  });

  async function altered(statement: string): Promise<void> {
    await within('hand', (warehouse) => warehouse.command(`${statement} settings mutations_sync = 2`));
  }

  test('verify names the altered value by table and block, code 1', async () => {
    await altered("alter table chain.shop_act update note = 'forged' where block_num = 77");
    const { code, out } = await verify('hand');
    expect(code).toBe(1);
    expect(out).toBe('block 77: chain.shop_act: rows have other values than the chain gives\n');
    expect(await verify('hand', '--from', '201')).toMatchObject({ code: 0 });
  });

  test('verify names a deleted row, and the indexer halts on it, code 1', async () => {
    await altered('alter table chain.shop_act delete where block_num between 90 and 91');
    const { code, out } = await verify('hand');
    expect(code).toBe(1);
    expect(out).toContain('blocks 90–91: chain.shop_act: the table has 0 rows, the chain gives 2\n');
    expect(await index('hand')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/chain\.shop_act: \d+ rows were committed, \d+ are there/) as string,
    });
  });

  test('a block that is gone is a gap', async () => {
    await altered('alter table chain.block delete where block_num = 50');
    expect((await index('hand')).err).toContain('chain.block: block 49 is followed by 51');
  });
});

describe('redecode', () => {
  test('adds what an ABI given by hand can decode, once, and says what stays raw', async () => {
    const data = ['--data', join(root, 'raw')];
    expect(await index('raw', '--to', '297')).toMatchObject({ code: 0 });
    expect(await runCommand('redecode', ...data)).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^0 actions decoded of 1 kept raw\.\nstill raw: 1 × shop::act, ABI version 2: .*needs 8 bytes, 3 are left/,
      ) as string,
    });
    const file = join(root, 'three.abi');
    const three = {
      ...shopAbi(),
      structs: [{ name: 'act', base: '', fields: ['a', 'b', 'c'].map((name) => ({ name, type: 'uint8' })) }],
    };
    await writeFile(file, JSON.stringify(three));
    const given = ['redecode', ...data, '--abi', `shop=${file}`];
    expect(await runCommand(...given)).toMatchObject({ code: 0, out: '1 actions decoded of 1 kept raw.\n' });
    expect(await runCommand(...given)).toMatchObject({ code: 0, out: '0 actions decoded of 1 kept raw.\n' });
    const rows = await within('raw', (warehouse) =>
      warehouse.query('select block_num, a, b, c from chain.shop_act_given'),
    );
    expect(rows).toEqual([{ block_num: 203, a: 1, b: 2, c: 3 }]);
    expect(await verify('raw')).toMatchObject({ code: 0 });
    expect(await index('raw', '--to', '297')).toMatchObject({ code: 0 });
  });

  test('refuses a file that is no ABI by its name, code 2', async () => {
    const file = join(root, 'none.abi');
    await writeFile(file, '[]');
    expect(await runCommand('redecode', '--data', join(root, 'raw'), '--abi', `shop=${file}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('none.abi') as string,
    });
  });
});
