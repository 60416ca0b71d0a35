import { ABI, Serializer } from '@wharfkit/antelope';
import { ChainError } from '../chain/driver.ts';
import type { Action, ChainDriver, ChainInfo, Receipt, RowQuery } from '../chain/driver.ts';
import { parsePrivateKey } from '../chain/keys.ts';
import { nativeAbi } from '../chain/native-abi.ts';
import { tapos } from '../chain/pack.ts';
import { rowDecoder } from '../chain/rows.ts';
import { signedPacked } from '../chain/sign.ts';
import { nameNumber } from './bytes/name.ts';
import { ChainFault } from './chain/fault.ts';
import type { Devnet } from './devnet.ts';
import { tableRows } from './rows.ts';

export type DevnetDriverOptions = {
  /** Seconds of the chain's time after which an untaken transaction is void (default 60). */
  readonly expireSeconds?: number;
  /** Whether closing the driver closes the chain too (default false). */
  readonly owns?: boolean;
};

/** An account's ABI, read again whenever `setabi` has replaced it. */
export function abiReader(devnet: Devnet): (account: string) => ABI {
  const known = new Map<string, { bytes: Uint8Array; abi: ABI }>();
  return (account) => {
    const bytes = devnet.state.accounts.get(nameNumber(account))?.abi;
    if (bytes === undefined || bytes.length === 0) return account === 'eosio' ? nativeAbi : new ABI({});
    const cached = known.get(account);
    if (cached?.bytes === bytes) return cached.abi;
    const abi = lookingUpOnce(Serializer.decode({ data: bytes, type: ABI }));
    known.set(account, { bytes, abi });
    return abi;
  };
}

/** wharfkit looks a type and an action up anew for every value, which costs more than the value. */
function lookingUpOnce(abi: ABI): ABI {
  const types = new Map<string, ABI.ResolvedType>();
  const actions = new Map<string, string | undefined>();
  const resolveType = abi.resolveType.bind(abi);
  const getActionType = abi.getActionType.bind(abi);
  abi.resolveType = (name) => {
    let found = types.get(name);
    if (found === undefined) types.set(name, (found = resolveType(name)));
    return found;
  };
  abi.getActionType = (name) => {
    const text = String(name);
    if (!actions.has(text)) actions.set(text, getActionType(name));
    return actions.get(text);
  };
  return abi;
}

/** nodeos' reason for a refusal, as every driver throws it. */
export const refusal = ({ code, fault, what, details }: ChainFault): ChainError =>
  new ChainError(
    code,
    fault,
    what,
    details.filter((detail) => !detail.startsWith('pending console output')),
  );

/**
 * Drives the embedded chain in this thread. Transactions sent in one turn of the event loop share a block; unless the
 * chain is live, that block is closed at once. Throws `ChainError`.
 */
export function devnetDriver(
  devnet: Devnet,
  { expireSeconds = 60, owns = false }: DevnetDriverOptions = {},
): ChainDriver {
  const abiOf = abiReader(devnet);
  const privateKeys = new Map<string, Uint8Array>();
  let waiting: (() => void)[] = [];
  let closing: NodeJS.Immediate | undefined;
  let sent = 0;

  const stop = devnet.onBlock(() => {
    const settled = waiting;
    waiting = [];
    for (const settle of settled) settle();
  });

  function keyOf(text: string): Uint8Array {
    let key = privateKeys.get(text);
    if (key === undefined) privateKeys.set(text, (key = parsePrivateKey(text)));
    return key;
  }

  function push(actions: readonly Action[], keys: readonly string[]): Receipt {
    // The same actions sent twice would be one transaction to the chain: the counter keeps them apart.
    const expiration = devnet.pendingTimeMs + (expireSeconds + (sent++ % 240)) * 1000;
    const header = { expiration, ...tapos(devnet.info().headId) };
    const signed = signedPacked({ chainId: devnet.chainId, abiOf }, header, actions, keys.map(keyOf));
    const { id, blockNum, blockTimeMs } = devnet.pushPacked(signed);
    return { transactionId: id, blockNum, blockTime: new Date(blockTimeMs).toISOString() };
  }

  /** Closes the block after all that was sent in this turn; the immediate lets sockets be served between blocks. */
  function settled(): Promise<void> {
    if (!devnet.info().live) {
      closing ??= setImmediate(() => {
        closing = undefined;
        if (devnet.hasPending) devnet.produceBlock();
      });
    }
    return new Promise((resolve) => void waiting.push(resolve));
  }

  return {
    kind: 'devnet',
    info: () => Promise.resolve(infoOf(devnet)),
    async transact(actions, keys): Promise<Receipt> {
      let receipt: Receipt;
      try {
        receipt = push(actions, keys);
      } catch (error) {
        throw error instanceof ChainFault ? refusal(error) : error;
      }
      await settled();
      return receipt;
    },
    rows: (query) =>
      new Promise((resolve) => {
        resolve(decodedRows(devnet, query, abiOf));
      }),
    travel: (to) =>
      new Promise((resolve) => {
        devnet.travel(to);
        resolve();
      }),
    close() {
      stop();
      clearImmediate(closing);
      if (owns) devnet.close();
      return Promise.resolve();
    },
  };
}

function infoOf(devnet: Devnet): ChainInfo {
  const { chainId, headNum, headTimeMs, irreversibleNum } = devnet.info();
  return {
    chainId,
    headBlockNum: headNum,
    headBlockTime: new Date(headTimeMs).toISOString(),
    lastIrreversibleBlockNum: irreversibleNum,
  };
}

function decodedRows(
  devnet: Devnet,
  query: RowQuery,
  abiOf: (account: string) => ABI,
): Record<string, unknown>[] {
  const decode = rowDecoder(abiOf(query.code), query.table);
  const { rows } = tableRows(devnet.state, {
    code: query.code,
    scope: query.scope,
    table: query.table,
    lower: query.lowerBound ?? '',
    upper: query.upperBound ?? '',
    limit: query.limit ?? Infinity,
  });
  return rows.map(({ value }) => decode(value));
}
