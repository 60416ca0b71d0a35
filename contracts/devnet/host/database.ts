import { ChainFault, ensure } from '../chain/fault.ts';
import { ROW_COST, TABLE_COST } from '../state/cost.ts';
import type { ContractTable, Row } from '../state/table.ts';
import type { HostFunctions } from '../wasm/program.ts';
import type { ApplyContext } from './context.ts';
import type { Frame } from './frame.ts';
import { u64 } from './frame.ts';

/** The receiver's own table, made and billed where this is its first row. */
export function openTable(context: ApplyContext, scope: bigint, name: bigint, payer: bigint): ContractTable {
  const table = context.state.table(context.receiver, scope, name);
  ensure(payer !== 0n, 'invalid_table_payer', () => 'must specify a valid account to pay for new record');
  if (!context.state.tables.has(table)) {
    context.state.tables.set(table, payer);
    context.bill(payer, TABLE_COST);
  }
  return table;
}

/** Drops the table when its last row has gone. */
export function closeTable(context: ApplyContext, table: ContractTable): void {
  if (table.count > 0) return;
  context.bill(context.state.tables.get(table) ?? 0n, -TABLE_COST);
  context.state.tables.delete(table);
}

export function ensureOwn(context: ApplyContext, table: ContractTable): void {
  ensure(table.code === context.receiver, 'table_access_violation', () => 'db access violation');
}

/** Moves the bill from one payer and size to another. */
export function rebill(
  context: ApplyContext,
  from: bigint,
  oldSize: number,
  to: bigint,
  newSize: number,
): void {
  if (from === to) context.bill(from, newSize - oldSize);
  else {
    context.bill(from, -oldSize);
    context.bill(to, newSize);
  }
}

function rowOf(table: ContractTable, primary: bigint): Row {
  const row = table.rows.get(primary);
  if (row === undefined)
    throw new ChainFault('table_operation_not_permitted', 'dereference of deleted object');
  return row;
}

/** db_*_i64: rows by primary key. */
export function databaseFunctions(frame: Frame): HostFunctions {
  const find = (code: bigint, scope: bigint, name: bigint): ContractTable | undefined =>
    frame.context.state.findTable(u64(code), u64(scope), u64(name));
  /** Iterator of the row at a position, or of the table's end; writes the key where asked. */
  const iterate = (table: ContractTable, position: number, primaryPtr?: number): number => {
    const primary = table.rows.keys[position];
    if (primary === undefined) return frame.context.rows.end(table);
    if (primaryPtr !== undefined) frame.writeU64(primaryPtr, primary);
    return frame.context.rows.add(table, primary);
  };
  return {
    db_store_i64: (
      scope: bigint,
      name: bigint,
      payer: bigint,
      id: bigint,
      data: number,
      size: number,
    ): number => {
      const { context } = frame;
      const value = frame.copy(data, size);
      const owner = u64(payer);
      const primary = u64(id);
      const table = openTable(context, u64(scope), u64(name), owner);
      ensure(
        !table.rows.has(primary),
        'std_exception',
        () => 'could not insert object, most likely a uniqueness constraint was violated',
      );
      table.rows.set(primary, { payer: owner, value });
      context.bill(owner, value.length + ROW_COST);
      return context.rows.add(table, primary);
    },
    db_update_i64: (iterator: number, payer: bigint, data: number, size: number): void => {
      const { context } = frame;
      const { table, primary } = context.rows.at(iterator);
      ensureOwn(context, table);
      const old = rowOf(table, primary);
      const value = frame.copy(data, size);
      const owner = payer === 0n ? old.payer : u64(payer);
      rebill(context, old.payer, old.value.length + ROW_COST, owner, value.length + ROW_COST);
      table.rows.set(primary, { payer: owner, value });
    },
    db_remove_i64: (iterator: number): void => {
      const { context } = frame;
      const { table, primary } = context.rows.at(iterator);
      ensureOwn(context, table);
      const old = rowOf(table, primary);
      context.bill(old.payer, -(old.value.length + ROW_COST));
      table.rows.delete(primary);
      closeTable(context, table);
      context.rows.remove(iterator);
    },
    db_get_i64: (iterator: number, data: number, size: number): number => {
      const { table, primary } = frame.context.rows.at(iterator);
      const { value } = rowOf(table, primary);
      if (size === 0) return value.length;
      const taken = Math.min(size >>> 0, value.length);
      frame.put(data, taken === value.length ? value : value.subarray(0, taken));
      return taken;
    },
    db_next_i64: (iterator: number, primaryPtr: number): number => {
      if (iterator < -1) return -1;
      const { table, primary } = frame.context.rows.at(iterator);
      return iterate(table, table.rows.position(primary, true), primaryPtr);
    },
    db_previous_i64: (iterator: number, primaryPtr: number): number => {
      const end = iterator < -1;
      const { table, primary } = end
        ? { table: frame.context.rows.tableOfEnd(iterator), primary: 0n }
        : frame.context.rows.at(iterator);
      const position = (end ? table.rows.size : table.rows.position(primary)) - 1;
      return position < 0 ? -1 : iterate(table, position, primaryPtr);
    },
    db_find_i64: (code: bigint, scope: bigint, name: bigint, id: bigint): number => {
      const table = find(code, scope, name);
      if (table === undefined) return -1;
      const primary = u64(id);
      const { rows } = frame.context;
      return table.rows.has(primary) ? rows.add(table, primary) : rows.end(table);
    },
    db_lowerbound_i64: (code: bigint, scope: bigint, name: bigint, id: bigint): number => {
      const table = find(code, scope, name);
      return table === undefined ? -1 : iterate(table, table.rows.position(u64(id)));
    },
    db_upperbound_i64: (code: bigint, scope: bigint, name: bigint, id: bigint): number => {
      const table = find(code, scope, name);
      return table === undefined ? -1 : iterate(table, table.rows.position(u64(id), true));
    },
    db_end_i64: (code: bigint, scope: bigint, name: bigint): number => {
      const table = find(code, scope, name);
      return table === undefined ? -1 : frame.context.rows.end(table);
    },
  };
}
