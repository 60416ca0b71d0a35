import { ABI } from '@wharfkit/antelope';
import { builtContract } from '../../../contracts/built.ts';
import type { Action, ChainDriver } from '../../../contracts/chain/driver.ts';
import { compileEncoder } from '../../../contracts/chain/encode.ts';
import {
  allowInline,
  createAccount,
  deploy,
  developmentKey,
  publicText,
} from '../../../contracts/chain/system.ts';
import { call, contractModule, DROP, I32, i32 } from '../../../contracts/devnet/fixture/module.ts';
import { movement } from '../../../indexer/testing/movement.ts';

/** A contract whose every action is one to send on: it is handed over as an inline action, byte by byte. */
const wasm = contractModule({
  imports: [
    { name: 'action_data_size', params: [], result: I32 },
    { name: 'read_action_data', params: [I32, I32], result: I32 },
    { name: 'send_inline', params: [I32, I32] },
  ],
  apply: [...i32(0), ...call(0), ...call(1), DROP, ...i32(0), ...call(0), ...call(2)],
});

const permission = {
  name: 'permission_level',
  base: '',
  fields: [
    { name: 'actor', type: 'name' },
    { name: 'permission', type: 'name' },
  ],
};
const send = {
  name: 'send',
  base: '',
  fields: [
    { name: 'account', type: 'name' },
    { name: 'name', type: 'name' },
    { name: 'authorization', type: 'permission_level[]' },
    { name: 'data', type: 'bytes' },
  ],
};
const abi = {
  version: 'eosio::abi/1.1',
  structs: [permission, send],
  actions: [{ name: 'send', type: 'send', ricardian_contract: '' }],
};

const RELAY = 'relay';
const authorization = [{ actor: RELAY, permission: 'active' }];

/** The accounts of the bench: a relay, and one named market that has the market's ABI and no code, so that its logs cost the node nothing. */
export async function prepareRelay(driver: ChainDriver): Promise<void> {
  for (const account of [RELAY, 'market']) await createAccount(driver, account, publicText(developmentKey));
  await allowInline(driver, RELAY, developmentKey);
  await deploy(driver, RELAY, { wasm, abi }, developmentKey);
  await deploy(
    driver,
    'market',
    { ...builtContract('market'), wasm: contractModule({ apply: [] }) },
    developmentKey,
  );
}

const encoder = compileEncoder(ABI.from(builtContract('market').abi as Parameters<typeof ABI.from>[0]));

/** Acts that each log one acceptance of goods, as the market does: an action and its log. Act ids go up from `first`. */
export function relayed(first: number, count: number): Action[] {
  return Array.from({ length: count }, (_, at) => {
    const act = first + at;
    const body = { ...movement, parent_lot: '0', order_id: '0', chair: 'anna', reason: '', origins: [] };
    const log = {
      body: { ...body, act_id: String(act), lot_id: String(act), quantity: `${1 + (act % 900)}.000 KG` },
    };
    const data = Buffer.from(encoder.encode('logaccept', log)).toString('hex');
    return {
      account: RELAY,
      name: 'send',
      authorization,
      data: { account: 'market', name: 'logaccept', authorization, data },
    };
  });
}
