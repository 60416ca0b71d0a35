import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtContract, CONTRACTS } from '../built.ts';
import type { Action } from '../chain/driver.ts';
import { createPrivateKey, parsePrivateKey, privateKeyText, signDigest } from '../chain/keys.ts';
import { packTransaction, signingDigest, tapos } from '../chain/pack.ts';
import { withSignatures } from '../chain/sign.ts';
import {
  allowInline,
  createAccount,
  deploy,
  developmentKey,
  newAccount,
  publicText,
} from '../chain/system.ts';
import { purchase } from '../spec/acts.ts';
import { FUTURE, NEVER, PAST } from '../spec/deals.ts';
import { furnishFunds } from '../spec/funds-world.ts';
import { ACCOUNTS, furnish, hashOf, worldOf } from '../spec/world.ts';
import { createDevnet } from './devnet.ts';
import type { Devnet } from './devnet.ts';
import { abiReader, devnetDriver } from './driver.ts';

/**
 * Signed transactions in time travel, fifty a block: a member's need (an action and its log, one signature), and both halves of
 * an acceptance (two actions that set off four to six more in council, funds and market; two signatures).
 * `node contracts/devnet/devnet.bench.ts [transactions]`, so many of each.
 */
const TRANSACTIONS = Number(process.argv[2] ?? 10_000);
const A_BLOCK = 50;
const MEMBER = 'ivan';

const report = (name: string, value: number, unit: string): void => {
  process.stdout.write(`${JSON.stringify({ name, value: Math.round(value), unit })}\n`);
};
/** Reports so many of something a second by the clock and by this process's own CPU time, which a busy machine changes less. */
function rate(name: string, count: number, what: string): () => void {
  const clock = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    report(name, (count * 1000) / (performance.now() - clock), `${what}/s`);
    report(name, (count * 1_000_000) / (user + system), `${what}/CPU s`);
  };
}

const dir = mkdtempSync(join(tmpdir(), 'zakroma-devnet-bench-'));
try {
  const memberKey = createPrivateKey('the member of the benchmark');
  const devnet = createDevnet({ dir });
  await prepare(devnet, memberKey);
  const chairKey = parsePrivateKey(developmentKey);
  play(devnet, 'needs', signed(devnet, need, [memberKey]));
  play(devnet, 'acceptances', signed(devnet, acceptance, [memberKey, chairKey]));
  restart(devnet);
} finally {
  rmSync(dir, { recursive: true, force: true });
}

async function prepare(devnet: Devnet, memberKey: Uint8Array): Promise<void> {
  const driver = devnetDriver(devnet);
  await driver.travel?.(Date.UTC(2026, 0, 1));
  for (const account of ACCOUNTS) await createAccount(driver, account, publicText(developmentKey));
  for (const contract of CONTRACTS) {
    await allowInline(driver, contract, developmentKey);
    await deploy(driver, contract, builtContract(contract), developmentKey);
  }
  const world = worldOf(driver, [developmentKey]);
  await furnish(world);
  await furnishFunds(world);
  const { active } = newAccount(MEMBER, publicText(privateKeyText(memberKey))).data;
  const data = { account: MEMBER, permission: 'active', parent: 'owner', auth: active };
  await world.act('eosio', 'updateauth', [MEMBER], data);
  await driver.close();
}

function act(name: string, actor: string, data: Record<string, unknown>): Action {
  return { account: 'market', name, authorization: [{ actor, permission: 'active' }], data };
}

function goodsOf(number: number) {
  const { price } = purchase;
  return {
    quantity: `${String(number + 1)}.000 KG`,
    price,
    document_hash: hashOf(`document ${String(number)}`),
  };
}

function need(number: number): Action[] {
  const { point_id, product } = purchase;
  const when = { from: PAST, till: FUTURE, best_before: NEVER };
  return [act('need', MEMBER, { ...goodsOf(number), ...when, member: MEMBER, product, point_id, wants: [] })];
}

function acceptance(number: number): Action[] {
  const { point_id, product, origin, evidence, grade, rejected, reject_reason, programme } = purchase;
  const goods = { ...goodsOf(number), evidence };
  return [
    act('supply', MEMBER, {
      ...goods,
      producer: MEMBER,
      producer_kind: 'household',
      point_id,
      product,
      origin,
      programme,
    }),
    act('accept', 'anna', { ...goods, chair: 'anna', grade, rejected, reject_reason, decision_id: 0 }),
  ];
}

function signed(
  devnet: Devnet,
  actionsOf: (number: number) => Action[],
  keys: readonly Uint8Array[],
): Uint8Array[] {
  const abiOf = abiReader(devnet);
  const header = { expiration: devnet.pendingTimeMs + 3_000_000, ...tapos(devnet.info().headId) };
  const acts = Array.from({ length: TRANSACTIONS }, (_, number) => actionsOf(number));
  const packing = rate('devnet packing by ABI', acts.flat().length, 'actions');
  const packed = acts.map((actions) => packTransaction(header, actions, abiOf));
  packing();
  const signing = rate('devnet signing', TRANSACTIONS * keys.length, 'signatures');
  const bytes = packed.map((one) => {
    const digest = signingDigest(devnet.chainId, one);
    return withSignatures(
      one,
      keys.map((key) => signDigest(digest, key)),
    );
  });
  signing();
  return bytes;
}

function play(devnet: Devnet, what: string, transactions: readonly Uint8Array[]): void {
  let actions = 0;
  const playing = rate(`devnet ${what} verified, executed, written`, transactions.length, 'transactions');
  for (const [number, bytes] of transactions.entries()) {
    actions += devnet.pushPacked(bytes).traces.length;
    if (number % A_BLOCK === A_BLOCK - 1) devnet.produceBlock();
  }
  playing();
  report(`devnet ${what}, executed for each`, actions / transactions.length, 'actions');
  report('devnet memory', process.memoryUsage().rss / 1e6, 'MB');
}

/** After a stop, and after a kill that left no snapshot at all. */
function restart(devnet: Devnet): void {
  const { headId } = devnet.info();
  const closing = performance.now();
  devnet.close();
  report('devnet stop, snapshot written', performance.now() - closing, 'ms');
  const snapshots = readdirSync(dir).filter((name) => name.endsWith('.snapshot'));
  for (const name of snapshots) report('devnet snapshot', statSync(join(dir, name)).size / 1e3, 'kB');
  const open = (name: string): void => {
    const started = performance.now();
    const again = createDevnet({ dir });
    report(`${name}, ${String(TRANSACTIONS)} of each`, performance.now() - started, 'ms');
    if (again.info().headId !== headId) throw new Error('expected the same head after a restart');
    again.close();
  };
  open('devnet restart from a snapshot');
  for (const name of snapshots) rmSync(join(dir, name));
  open('devnet restart without a snapshot');
}
