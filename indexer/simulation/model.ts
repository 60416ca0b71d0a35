import { hash } from 'node:crypto';
import { createModelTables } from './model-tables.ts';
import type { ModelTable, ModelTables, Row } from './model-tables.ts';
import { Packer } from './packer.ts';
import { branch, watched } from './sim-block.ts';
import type { SimAction, SimBlock, SimChange, SimTransaction } from './sim-block.ts';
import { textCell } from './values.ts';

export type Placed = readonly [table: string, row: Row];

/** What one reversible block looks like in the tails. */
export type TailBlock = {
  readonly blockNum: number;
  readonly sure: readonly Placed[];
  /** What an ABI decodes that became final after it came: decoded and raw are both right. */
  readonly either: readonly (readonly (readonly Placed[])[])[];
};

/**
 * What the tables must hold, computed straight from the canonical chain. It shares no code with the indexer: shapes, names and cells are
 * worked out here a second time.
 */
export type Model = {
  readonly tables: ReadonlyMap<string, ModelTable>;
  readonly tails: readonly TailBlock[];
  /** Watched actions and changed rows of final blocks, and those of them that stay raw. */
  readonly counts: Counts;
};

export type Counts = {
  readonly actions: number;
  readonly undecoded: number;
  readonly rows: number;
  readonly undecodedRows: number;
};

type Told = { readonly block: SimBlock; readonly transaction: SimTransaction; readonly txIndex: number };

const blockTime = ({ slot }: SimBlock): string => String(Date.UTC(2000, 0, 1) + 500 * slot);

/** Executed transactions with their place in the block. */
function executed(block: SimBlock): Told[] {
  return block.transactions
    .map((transaction, txIndex) => ({ block, transaction, txIndex }))
    .filter(({ transaction }) => transaction.status === 0);
}

const isDirect = (action: SimAction): boolean => action.receiver === action.account;

function leadOf({ block, transaction }: Told, action: SimAction): Row {
  return {
    ...{ block_num: block.blockNum, block_time: blockTime(block) },
    ...{ global_sequence: String(action.sequence), tx_id: transaction.id },
  };
}

/** The account that an `eosio` action sets something for, when that account is watched. */
function subject({ account, name, data }: SimAction): string | undefined {
  if (account !== 'eosio' || !['setabi', 'setcode'].includes(name)) return undefined;
  return watched.find((candidate) => nameBytes.get(candidate)?.equals(data.subarray(0, 8)));
}

const nameBytes = new Map(watched.map((account) => [account, new Packer().name(account).done()]));

function blockRow(block: SimBlock): Row {
  const transactions = executed(block);
  const actions = transactions.flatMap(({ transaction }) => transaction.actions).filter(isDirect);
  return {
    ...{ block_num: block.blockNum, block_id: block.blockId, prev_id: block.previousId },
    ...{ block_time: blockTime(block), producer: block.producer },
    ...{ transactions: transactions.length, actions: actions.length },
  };
}

function actionRow(told: Told, action: SimAction, raw: string): Row {
  return {
    ...leadOf(told, action),
    ...{ tx_index: told.txIndex, action_ordinal: action.ordinal, creator_action_ordinal: action.creator },
    ...{ contract: action.account, name: action.name },
    actors: action.actors.map(([actor, permission]) => ({ actor, permission })),
    ...{ abi_sequence: action.abiSequence, code_sequence: action.codeSequence },
    ...{ act_digest: action.digest, raw },
  };
}

/** An action's row and, where its ABI can read it, its decoded one. */
function rowsOf(tables: ModelTables, told: Told, action: SimAction): Placed[] {
  const place =
    action.values === null ? null : tables.place('action', action.account, action.abiSequence, action.name);
  if (place === null) return [rawRow(told, action)];
  const [table, columns] = place;
  const cells = columns.map((column, i) => [column, action.values?.[i]?.cell ?? null] as const);
  return [
    ['action', actionRow(told, action, '')],
    [table.name, { ...leadOf(told, action), ...Object.fromEntries(cells) }],
  ];
}

function rawRow(told: Told, action: SimAction): Placed {
  return ['action', actionRow(told, action, action.abi === null ? textCell(action.data) : '')];
}

function abiRow(told: Told, { abi, sequence }: SimAction, abiSequence: number): Row {
  return {
    ...{
      block_num: told.block.blockNum,
      block_time: blockTime(told.block),
      global_sequence: String(sequence),
    },
    ...{
      account: abi?.account ?? '',
      abi_sequence: abiSequence,
      abi: textCell(abi?.bytes ?? new Uint8Array(0)),
    },
  };
}

/** Watched actions of a block: those of watched accounts, and what `eosio` does to them. */
function watchedActions(block: SimBlock): [Told, SimAction][] {
  return executed(block).flatMap((told) =>
    told.transaction.actions
      .filter(
        (action) => isDirect(action) && (watched.includes(action.account) || subject(action) !== undefined),
      )
      .map((action): [Told, SimAction] => [told, action]),
  );
}

/** ABIs that the block sets for watched accounts, in order of execution. */
function abisOf(block: SimBlock): [Told, SimAction][] {
  return watchedActions(block)
    .filter(([, action]) => action.abi !== null)
    .sort(([, a], [, b]) => a.sequence - b.sequence);
}

function codeRows(block: SimBlock): Placed[] {
  return watchedActions(block).flatMap(([, { code, sequence }]): Placed[] => {
    if (code === null) return [];
    const row = {
      ...{ block_num: block.blockNum, block_time: blockTime(block), global_sequence: String(sequence) },
      account: code.account,
      code_hash: code.code.length === 0 ? '0'.repeat(64) : hash('sha256', code.code, 'hex'),
    };
    return [['code', row]];
  });
}

function rawChange(block: SimBlock, { isPresent, row }: SimChange): Placed {
  return [
    'row_raw',
    {
      ...{
        block_num: block.blockNum,
        block_time: blockTime(block),
        contract: row.contract,
        table: row.table,
      },
      ...{ scope: row.scope, primary_key: String(row.key), payer: row.payer, is_present: isPresent },
      raw: textCell(row.data),
    },
  ];
}

/** A changed row by the newest of the account's ABIs: of the block's end, as its state is. */
function changeOf(tables: ModelTables, block: SimBlock, change: SimChange): Placed {
  const { isPresent, row } = change;
  const newest = block.contracts.get(row.contract)?.abis ?? 0;
  const place = row.values === null ? null : tables.place('rows', row.contract, newest, row.table);
  if (place === null) return rawChange(block, change);
  const [table, columns] = place;
  const cells = columns.map((column, i) => [column, row.values?.[i]?.cell ?? null] as const);
  return [
    table.name,
    {
      ...{ block_num: block.blockNum, block_time: blockTime(block), scope: row.scope },
      ...{ primary_key: String(row.key), payer: row.payer, is_present: isPresent },
      ...Object.fromEntries(cells),
    },
  ];
}

const watchedChanges = ({ changes }: SimBlock): SimChange[] =>
  changes.filter(({ row }) => watched.includes(row.contract));

/**
 * The model of the chain that ends with `head`, final up to block `lib`, from block `first` on. `settled`: every final ABI was final
 * before the first reversible block came.
 */
export function modelOf(head: SimBlock, lib: number, first: number, settled: boolean): Model {
  const tables = createModelTables();
  const sequences = new Map<string, number>();
  const [final, reversible] = [branch(head).slice(first - 1, lib), branch(head).slice(lib)];
  const counts = { actions: 0, undecoded: 0, rows: 0, undecodedRows: 0 };

  const keep = ([table, row]: Placed): void => void tables.tables.get(table)?.rows.push(row);
  for (const block of final) {
    for (const [told, action] of abisOf(block)) {
      const abi = action.abi as NonNullable<SimAction['abi']>;
      const sequence = (sequences.get(abi.account) ?? 0) + 1;
      sequences.set(abi.account, sequence);
      tables.apply(abi, sequence);
      keep(['abi', abiRow(told, action, sequence)]);
    }
    keep(['block', blockRow(block)]);
    codeRows(block).forEach(keep);
    for (const [told, action] of watchedActions(block)) {
      const rows = rowsOf(tables, told, action);
      rows.forEach(keep);
      counts.actions++;
      if (rows.length === 1 && watched.includes(action.account)) counts.undecoded++;
    }
    for (const change of watchedChanges(block)) {
      const placed = changeOf(tables, block, change);
      keep(placed);
      counts.rows++;
      if (placed[0] === 'row_raw') counts.undecodedRows++;
    }
  }
  const tails = reversible.map((block) => tailOf(tables, block, settled));
  return { tables: tables.tables, tails, counts };
}

function tailOf(tables: ModelTables, block: SimBlock, settled: boolean): TailBlock {
  const sure: Placed[] = [['block', blockRow(block)], ...codeRows(block)];
  const either: Placed[][][] = [];
  for (const [told, action] of watchedActions(block)) {
    const rows = rowsOf(tables, told, action);
    if (rows.length === 1 || settled) sure.push(...rows);
    else either.push([rows, [rawRow(told, action)]]);
  }
  for (const change of watchedChanges(block)) {
    const placed = changeOf(tables, block, change);
    if (placed[0] === 'row_raw' || settled) sure.push(placed);
    else either.push([[placed], [rawChange(block, change)]]);
  }
  return { blockNum: block.blockNum, sure, either };
}
