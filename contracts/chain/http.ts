import { setTimeout as sleep } from 'node:timers/promises';
import { ABI, Serializer } from '@wharfkit/antelope';
import {
  type Action,
  type ChainDriver,
  ChainError,
  type ChainInfo,
  type Receipt,
  type RowQuery,
} from './driver.ts';
import { parsePrivateKey, signatureText, signDigest } from './keys.ts';
import { nativeAbi } from './native-abi.ts';
import { type NodeApi, nodeApi } from './node-api.ts';
import {
  packSigned,
  packTransaction,
  type SignedPackedTransaction,
  signingDigest,
  tapos,
  transactionId,
} from './pack.ts';
import { rowDecoder } from './rows.ts';

export type HttpDriverOptions = {
  /** Any nodeos-compatible chain API, for example http://127.0.0.1:8888. */
  readonly url: string;
  /**
   * When `transact` resolves: `block` (default) when a block with the transaction is seen at the node; `accepted` when the
   * node has executed it: many times faster, and sure only where the node is the chain's single producer.
   */
  readonly settle?: 'block' | 'accepted';
  /** Seconds of the chain's time after which an untaken transaction is void (default 60). */
  readonly expireSeconds?: number;
  /** The block that transactions refer to (default: the last irreversible one). */
  readonly referenceId?: string;
  /** Is told of every transaction that the node has judged: its bytes as sent, and the reason where it was refused. */
  readonly onJudged?: (sent: SignedPackedTransaction, refused?: ChainError) => void;
};

type NodeInfo = {
  chain_id: string;
  head_block_num: number;
  head_block_time: string;
  last_irreversible_block_num: number;
  last_irreversible_block_id: string;
};
type Sent = { transaction_id: string; processed: { block_num: number; block_time: string } };
type Block = { timestamp: string; transactions: { trx: string | { id: string } }[] };
type Rows = { rows: string[]; more: boolean; next_key: string };

/** The node ran out of time (it compiles a contract at first use), not the contract out of reason: worth one more try. */
const SUBJECTIVE = new Set([3080004, 3080006, 3081001]);
const POLL_MS = 100;

const utc = (time: string): string => (time.endsWith('Z') ? time : `${time}Z`);
const infoOf = (node: NodeInfo): ChainInfo => ({
  chainId: node.chain_id,
  headBlockNum: node.head_block_num,
  headBlockTime: utc(node.head_block_time),
  lastIrreversibleBlockNum: node.last_irreversible_block_num,
});

/** Drives any nodeos-compatible chain through its HTTP API. Throws `ChainError`, and `ChainUnreachable` where nobody answers. */
export function httpDriver(options: HttpDriverOptions): ChainDriver {
  const { url, settle = 'block', expireSeconds = 60, referenceId, onJudged = () => undefined } = options;
  const api = nodeApi(url);
  const abis = abiCache(api);
  let sent = 0;

  async function pack(actions: readonly Action[], keys: readonly string[]) {
    const node = await api<NodeInfo>('get_info', {});
    const needed = new Map<string, ABI>();
    for (const { account, name } of actions) needed.set(account, await abis.withAction(account, name));
    // The same actions sent twice within a second would be one transaction to the chain: the counter keeps them apart.
    const expiration = Date.parse(utc(node.head_block_time)) + (expireSeconds + (sent++ % 240)) * 1000;
    const header = { expiration, ...tapos(referenceId ?? node.last_irreversible_block_id) };
    const packed = packTransaction(header, actions, (account) => needed.get(account) ?? nativeAbi);
    const digest = signingDigest(node.chain_id, packed);
    const signatures = keys.map((key) => signatureText(signDigest(digest, parsePrivateKey(key))));
    return { id: transactionId(packed), expiration, body: packSigned(packed, signatures) };
  }

  async function judged(body: SignedPackedTransaction): Promise<Sent> {
    try {
      const answer = await sendTwice(api, body);
      onJudged(body);
      return answer;
    } catch (error) {
      if (error instanceof ChainError) onJudged(body, error);
      throw error;
    }
  }

  return {
    kind: 'nodeos',
    info: async () => infoOf(await api<NodeInfo>('get_info', {})),
    async transact(actions, keys): Promise<Receipt> {
      const { id, expiration, body } = await pack(actions, keys);
      const { processed } = await judged(body);
      for (const { account, name, data } of actions)
        if (account === 'eosio' && name === 'setabi') abis.forget(String(data['account']));
      return settle === 'block'
        ? blockThatTook(api, id, processed.block_num, expiration)
        : { transactionId: id, blockNum: processed.block_num, blockTime: utc(processed.block_time) };
    },
    rows: (query) => allRows(api, query, abis),
    close: () => Promise.resolve(),
  };
}

async function sendTwice(api: NodeApi, body: unknown): Promise<Sent> {
  try {
    return await api<Sent>('send_transaction', body);
  } catch (error) {
    if (!(error instanceof ChainError && SUBJECTIVE.has(error.code))) throw error;
    await sleep(POLL_MS);
    return api<Sent>('send_transaction', body);
  }
}

/** Follows the chain from the block where the node first executed the transaction until one holds it, or none can any more. */
async function blockThatTook(api: NodeApi, id: string, from: number, expiration: number): Promise<Receipt> {
  for (let number = from; ; number++) {
    for (;;) {
      const { head_block_num: head } = await api<NodeInfo>('get_info', {});
      if (head >= number) break;
      await sleep(POLL_MS);
    }
    const block = await api<Block>('get_block', { block_num_or_id: number });
    const ids = block.transactions.map(({ trx }) => (typeof trx === 'string' ? trx : trx.id));
    if (ids.includes(id)) return { transactionId: id, blockNum: number, blockTime: utc(block.timestamp) };
    if (Date.parse(utc(block.timestamp)) > expiration)
      throw new ChainError(3040005, 'expired_tx_exception', 'Expired Transaction', [
        `transaction ${id} was accepted by the node but no block took it before it expired; send it again`,
      ]);
  }
}

type AbiCache = ReturnType<typeof abiCache>;

function abiCache(api: NodeApi) {
  const known = new Map<string, Promise<ABI>>();
  async function load(account: string): Promise<ABI> {
    const { abi } = await api<{ abi: string }>('get_raw_abi', { account_name: account });
    const bytes = Buffer.from(abi, 'base64');
    return bytes.length === 0 ? new ABI({}) : Serializer.decode({ data: bytes, type: ABI });
  }
  function of(account: string): Promise<ABI> {
    const present = known.get(account);
    if (present !== undefined) return present;
    const loading = load(account);
    known.set(account, loading);
    loading.catch(() => known.delete(account));
    return loading;
  }
  return {
    of,
    forget: (account: string) => known.delete(account),
    /** Native actions are known without an ABI; an ABI that lacks the action is asked for once more. */
    async withAction(account: string, action: string): Promise<ABI> {
      const abi = await of(account);
      if (abi.getActionType(action) !== undefined) return abi;
      if (account === 'eosio') return nativeAbi;
      known.delete(account);
      return of(account);
    },
  };
}

/** Pages through the table: nodeos cuts an answer short by time as well as by number. Rows come packed and are read by the ABI. */
async function allRows(api: NodeApi, query: RowQuery, abis: AbiCache): Promise<Record<string, unknown>[]> {
  const { code, scope, table, limit = Infinity } = query;
  const rows: Record<string, unknown>[] = [];
  let lower = query.lowerBound ?? '';
  for (;;) {
    const page = await api<Rows>('get_table_rows', {
      json: false,
      code,
      scope,
      table,
      lower_bound: lower,
      upper_bound: query.upperBound ?? '',
      limit: Math.min(limit - rows.length, 1000),
    });
    if (page.rows.length > 0) {
      const decode = rowDecoder(await abis.of(code), table);
      for (const row of page.rows) rows.push(decode(Buffer.from(row, 'hex')));
    }
    if (!page.more || rows.length >= limit) return rows;
    lower = page.next_key;
  }
}
