import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtContract, CONTRACTS } from '../built.ts';
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
import { ACCOUNTS, furnish, worldOf } from '../spec/world.ts';
import { createDevnet } from './devnet.ts';
import type { Devnet } from './devnet.ts';
import { abiReader, devnetDriver } from './driver.ts';

/** Acceptances signed by a chair and a member, two keys, fifty a block, in time travel. */
const TRANSACTIONS = 10_000;
const A_BLOCK = 50;
const MEMBER = 'ivan';

const report = (name: string, value: number, unit: string): void => {
  process.stdout.write(`${JSON.stringify({ name, value: Math.round(value), unit })}\n`);
};
/** Reports transactions a second by the clock and by this process's own CPU time, which a busy machine does not change. */
function rate(name: string, count: number): () => void {
  const clock = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    report(name, (count * 1000) / (performance.now() - clock), 'transactions/s');
    report(name, (count * 1_000_000) / (user + system), 'transactions/CPU s');
  };
}

const dir = mkdtempSync(join(tmpdir(), 'zakroma-devnet-bench-'));
try {
  const memberKey = createPrivateKey('the member of the benchmark');
  const devnet = createDevnet({ dir });
  await prepare(devnet, memberKey);
  signedBefore(devnet, memberKey);
  await throughDriver(devnet, memberKey);
  const blocks = devnet.info().headNum;
  devnet.close();
  const started = performance.now();
  const restarted = createDevnet({ dir });
  report('devnet restart of 20,000 acceptances', performance.now() - started, 'ms');
  if (restarted.info().headNum !== blocks) throw new Error('the restarted chain has another head');
  restarted.close();
} finally {
  rmSync(dir, { recursive: true, force: true });
}

async function prepare(devnet: Devnet, memberKey: Uint8Array): Promise<void> {
  const driver = devnetDriver(devnet);
  for (const account of ACCOUNTS) await createAccount(driver, account, publicText(developmentKey));
  for (const contract of CONTRACTS) {
    await allowInline(driver, contract, developmentKey);
    await deploy(driver, contract, builtContract(contract), developmentKey);
  }
  await furnish(worldOf(driver, [developmentKey]));
  const { active } = newAccount(MEMBER, publicText(privateKeyText(memberKey))).data;
  const data = { account: MEMBER, permission: 'active', parent: 'owner', auth: active };
  await driver.transact(
    [
      {
        account: 'eosio',
        name: 'updateauth',
        authorization: [{ actor: MEMBER, permission: 'active' }],
        data,
      },
    ],
    [developmentKey],
  );
  await driver.close();
}

function acceptAction(number: number) {
  return {
    account: 'market',
    name: 'buy',
    authorization: ['anna', MEMBER].map((actor) => ({ actor, permission: 'active' })),
    data: {
      ...purchase,
      producer: MEMBER,
      producer_kind: 'household',
      quantity: `${String(number + 1)}.000 KG`,
    },
  };
}

/** Verification, execution and blocks alone: packed and signed beforehand. */
function signedBefore(devnet: Devnet, memberKey: Uint8Array): void {
  const keys = [parsePrivateKey(developmentKey), memberKey];
  const abiOf = abiReader(devnet);
  const reference = tapos(devnet.info().headId);
  const expiration = devnet.pendingTimeMs + 3_000_000;
  let done = rate('devnet packing by ABI', TRANSACTIONS);
  const packed = Array.from({ length: TRANSACTIONS }, (_, number) =>
    packTransaction({ expiration, ...reference }, [acceptAction(number)], abiOf),
  );
  done();
  done = rate('devnet signing, two signatures each', TRANSACTIONS);
  const signed = packed.map((bytes) =>
    withSignatures(
      bytes,
      keys.map((key) => signDigest(signingDigest(devnet.chainId, bytes), key)),
    ),
  );
  done();
  done = rate('devnet accepts, signatures verified, signed before', TRANSACTIONS);
  for (const [number, bytes] of signed.entries()) {
    devnet.pushPacked(bytes);
    if (number % A_BLOCK === A_BLOCK - 1) devnet.produceBlock();
  }
  done();
}

/** End to end: packed by ABI, signed, verified, executed, in blocks on disk. */
async function throughDriver(devnet: Devnet, memberKey: Uint8Array): Promise<void> {
  const driver = devnetDriver(devnet);
  const keys = [developmentKey, privateKeyText(memberKey)];
  const done = rate('devnet accepts end to end, signing included', TRANSACTIONS);
  for (let number = 0; number < TRANSACTIONS; number += A_BLOCK) {
    await driver.travel?.(devnet.info().headTimeMs + 60_000);
    await Promise.all(
      Array.from({ length: A_BLOCK }, (_, more) =>
        driver.transact([acceptAction(TRANSACTIONS + number + more)], keys),
      ),
    );
  }
  done();
  await driver.close();
}
