import { parsePublicKey, publicKeyText, signatureText } from '../../chain/keys.ts';
import { nameText } from '../bytes/name.ts';
import { blockNumOf, readBlock, slotMs, timeText } from '../chain/block.ts';
import { requiredKeys } from '../chain/authorize.ts';
import { ChainFault } from '../chain/fault.ts';
import { sha256 } from '../chain/hash.ts';
import type { Devnet } from '../devnet.ts';
import { asName } from '../rows.ts';
import { abiReader } from '../driver.ts';
import { accountJson, codeHashText, findAccount } from './account.ts';
import type { Fields } from './fields.ts';
import { asFields, asList, text } from './fields.ts';
import { tableRowsJson, tableScopesJson } from './table.ts';
import { blockTransactionJson, packFields, traceJson } from './transaction.ts';
import type { AbiOf } from './transaction.ts';

export type Route = (fields: Fields) => unknown;

const VERSION = 'zakroma-devnet';
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** /v1/chain/ methods by name. */
export function createRoutes(devnet: Devnet): ReadonlyMap<string, Route> {
  const abiOf = abiReader(devnet);
  const { state } = devnet;
  const retrieve = (fields: Fields, what: string) =>
    findAccount(
      state,
      text(fields, 'account_name'),
      `unable to retrieve account ${what} (unknown key (eosio::chain::name): %)`,
    );
  const codeOf = (hash: string): Uint8Array => state.codes.get(hash) ?? new Uint8Array(0);
  const abiHash = (abi: Uint8Array): string =>
    abi.length === 0 ? '0'.repeat(64) : sha256(abi).toString('hex');
  const push = (fields: Fields): unknown => {
    const result = devnet.pushPacked(packFields(fields));
    const processed = traceJson(result, abiOf);
    if (!devnet.info().live) devnet.produceBlock();
    return { transaction_id: result.id, processed };
  };
  return new Map<string, Route>([
    ['get_info', () => infoJson(devnet)],
    ['get_block', (fields) => blockJson(devnet, text(fields, 'block_num_or_id'), abiOf)],
    ['get_account', (fields) => accountJson(devnet, text(fields, 'account_name'))],
    [
      'get_abi',
      (fields) => {
        const { name, account } = retrieve(fields, 'abi');
        return {
          account_name: nameText(name),
          ...(account.abi.length > 0 ? { abi: abiOf(nameText(name)) } : {}),
        };
      },
    ],
    [
      'get_raw_abi',
      (fields) => {
        const { name, account, metadata } = retrieve(fields, 'abi');
        return {
          account_name: nameText(name),
          code_hash: codeHashText(metadata),
          abi_hash: abiHash(account.abi),
          abi: base64(account.abi),
        };
      },
    ],
    [
      'get_code',
      (fields) => {
        const { name, account, metadata } = retrieve(fields, 'code');
        const wasm = Buffer.from(codeOf(metadata.codeHash)).toString('hex');
        return {
          account_name: nameText(name),
          code_hash: codeHashText(metadata),
          wast: '',
          wasm,
          ...(account.abi.length > 0 ? { abi: abiOf(nameText(name)) } : {}),
        };
      },
    ],
    [
      'get_code_hash',
      (fields) => {
        const { name, metadata } = retrieve(fields, 'code hash');
        return { account_name: nameText(name), code_hash: codeHashText(metadata) };
      },
    ],
    [
      'get_raw_code_and_abi',
      (fields) => {
        const { name, account, metadata } = retrieve(fields, 'code/abi');
        return {
          account_name: nameText(name),
          wasm: base64(codeOf(metadata.codeHash)),
          abi: base64(account.abi),
        };
      },
    ],
    ['get_table_rows', (fields) => tableRowsJson(devnet, abiOf, fields)],
    ['get_table_by_scope', (fields) => tableScopesJson(devnet, fields)],
    ['get_required_keys', (fields) => requiredKeysJson(devnet, fields)],
    ['send_transaction', push],
    ['push_transaction', push],
    ['send_transaction2', (fields) => push(asFields(fields['transaction']))],
  ]);
}

function infoJson(devnet: Devnet): Record<string, unknown> {
  const info = devnet.info();
  return {
    server_version: '00000000',
    chain_id: info.chainId,
    head_block_num: info.headNum,
    last_irreversible_block_num: info.irreversibleNum,
    last_irreversible_block_id: info.irreversibleId,
    head_block_id: info.headId,
    head_block_time: timeText(info.headTimeMs),
    head_block_producer: 'eosio',
    virtual_block_cpu_limit: 200_000,
    virtual_block_net_limit: 1_048_576,
    block_cpu_limit: 199_900,
    block_net_limit: 1_048_576,
    server_version_string: VERSION,
    fork_db_head_block_num: info.headNum,
    fork_db_head_block_id: info.headId,
    server_full_version_string: VERSION,
    total_cpu_weight: 0,
    total_net_weight: 0,
    earliest_available_block_num: 1,
    last_irreversible_block_time: timeText(info.irreversibleTimeMs),
  };
}

function blockJson(devnet: Devnet, asked: string, abiOf: AbiOf): Record<string, unknown> {
  const num = /^\d{1,10}$/.test(asked)
    ? Number(asked)
    : /^[0-9a-f]{64}$/.test(asked)
      ? blockNumOf(Buffer.from(asked, 'hex'))
      : undefined;
  if (num === undefined) throw new ChainFault('block_id_type_exception', `Invalid block ID: ${asked}`);
  const stored = devnet.block(num);
  if (stored === undefined || (asked.length === 64 && stored.id.toString('hex') !== asked))
    throw new ChainFault('unknown_block_exception', `Could not find block: ${asked}`);
  const { header, signature, transactions } = readBlock(stored.block);
  return {
    timestamp: timeText(slotMs(header.slot)),
    producer: nameText(header.producer),
    confirmed: header.confirmed,
    previous: Buffer.from(header.previous).toString('hex'),
    transaction_mroot: Buffer.from(header.transactionRoot).toString('hex'),
    action_mroot: Buffer.from(header.actionRoot).toString('hex'),
    schedule_version: 0,
    new_producers: null,
    producer_signature: signatureText(signature),
    transactions: transactions.map(({ packed, cpuUs, netWords }) => ({
      status: 'executed',
      cpu_usage_us: cpuUs,
      net_usage_words: netWords,
      trx: blockTransactionJson(packed, abiOf),
    })),
    id: stored.id.toString('hex'),
    block_num: stored.num,
    ref_block_prefix: stored.id.readUInt32LE(8),
  };
}

/** Which of the offered keys a transaction needs; keys are answered in the form they were offered in. */
function requiredKeysJson(devnet: Devnet, fields: Fields): Record<string, unknown> {
  const actions = asList(asFields(fields['transaction'])['actions']);
  const levels = actions.flatMap((action) => asList(asFields(action)['authorization']).map(asFields));
  const offered = asList(fields['available_keys']).map(String);
  const byKey = new Map(offered.map((key) => [publicKeyText(publicKey(key)), key]));
  const needed = requiredKeys(
    devnet.state,
    levels.map((level) => ({
      actor: asName(text(level, 'actor')),
      permission: asName(text(level, 'permission')),
    })),
    offered.map(publicKey),
  );
  return { required_keys: needed.map((key) => byKey.get(publicKeyText(key))) };
}

function publicKey(key: string): Uint8Array {
  try {
    return parsePublicKey(key);
  } catch (error) {
    throw new ChainFault('public_key_type_exception', (error as Error).message);
  }
}
