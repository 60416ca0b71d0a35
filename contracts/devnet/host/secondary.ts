import { ChainFault, ensure } from '../chain/fault.ts';
import { SECONDARY_COST } from '../state/cost.ts';
import type { ContractTable, SecondaryKey, SecondaryKind, SecondaryRow } from '../state/table.ts';
import type { HostFunctions } from '../wasm/program.ts';
import { closeTable, ensureOwn, openTable, rebill } from './database.ts';
import type { Frame } from './frame.ts';
import { u64 } from './frame.ts';

type Codec = {
  /** Bytes of the key in contract memory. */
  readonly size: number;
  /** Whether calls carry the key's length after its pointer. */
  readonly counted: boolean;
  read(bytes: Buffer): SecondaryKey;
  write(bytes: Buffer, key: SecondaryKey): void;
};

const read128 = (bytes: Buffer, at: number): bigint =>
  (bytes.readBigUInt64LE(at + 8) << 64n) | bytes.readBigUInt64LE(at);
const write128 = (bytes: Buffer, at: number, key: bigint): void => {
  bytes.writeBigUInt64LE(BigInt.asUintN(64, key), at);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, key >> 64n), at + 8);
};

const CODECS: Readonly<Record<SecondaryKind, Codec>> = {
  idx64: {
    size: 8,
    counted: false,
    read: (bytes) => bytes.readBigUInt64LE(0),
    write: (bytes, key) => void bytes.writeBigUInt64LE(key as bigint),
  },
  idx128: {
    size: 16,
    counted: false,
    read: (bytes) => read128(bytes, 0),
    write: (bytes, key) => {
      write128(bytes, 0, key as bigint);
    },
  },
  idx256: {
    size: 32,
    counted: true,
    read: (bytes) => (read128(bytes, 0) << 128n) | read128(bytes, 16),
    write: (bytes, key) => {
      write128(bytes, 0, (key as bigint) >> 128n);
      write128(bytes, 16, key as bigint);
    },
  },
  idx_double: {
    size: 8,
    counted: false,
    read: (bytes) => readDouble(bytes),
    write: (bytes, key) => void bytes.writeDoubleLE(key as number),
  },
};

function readDouble(bytes: Buffer): number {
  const key = bytes.readDoubleLE(0);
  ensure(
    !Number.isNaN(key),
    'transaction_exception',
    () => 'NaN is not an allowed value for a secondary key',
  );
  return key;
}

/** db_idx64_*, db_idx128_*, db_idx256_*, db_idx_double_*. */
export function secondaryFunctions(frame: Frame): HostFunctions {
  return Object.assign(
    {},
    ...(Object.keys(CODECS) as SecondaryKind[]).map((kind) => familyOf(frame, kind, CODECS[kind])),
  ) as HostFunctions;
}

/** Calls with (…, pointer, length, …) and with (…, pointer, …) in one shape. */
const shape = (
  counted: boolean,
  at: number,
  work: (...args: never[]) => unknown,
): ((...args: unknown[]) => unknown) =>
  counted
    ? (...args) => {
        if (args[at + 1] !== 2)
          throw new ChainFault(
            'std_exception',
            `invalid size of secondary key array: expected 2, got ${String(args[at + 1])}`,
          );
        args.splice(at + 1, 1);
        return work(...(args as never[]));
      }
    : (work as (...args: unknown[]) => unknown);

function familyOf(frame: Frame, kind: SecondaryKind, codec: Codec): HostFunctions {
  const key = (at: number): SecondaryKey => codec.read(frame.slice(at, codec.size));
  const find = (code: bigint, scope: bigint, name: bigint): ContractTable | undefined =>
    frame.context.state.findTable(u64(code), u64(scope), u64(name));
  const rowOf = (table: ContractTable, primary: bigint): SecondaryRow => {
    const row = table.index(kind).get(primary);
    if (row === undefined)
      throw new ChainFault('table_operation_not_permitted', 'dereference of deleted object');
    return row;
  };
  const cost = SECONDARY_COST[kind];
  /** Iterator at a position of the index, or the table's end; writes primary and, where asked, secondary key. */
  const iterate = (table: ContractTable, position: number, primaryPtr: number, keyPtr?: number): number => {
    const iterators = frame.context.secondaries(kind);
    const entry = table.index(kind).entries[position];
    if (entry === undefined) return iterators.end(table);
    frame.writeU64(primaryPtr, entry.primary);
    if (keyPtr !== undefined) codec.write(frame.slice(keyPtr, codec.size), entry.key);
    return iterators.add(table, entry.primary);
  };
  const store = (scope: bigint, name: bigint, payer: bigint, id: bigint, keyPtr: number): number => {
    const { context } = frame;
    const [owner, primary, secondary] = [u64(payer), u64(id), key(keyPtr)];
    const table = openTable(context, u64(scope), u64(name), owner);
    const index = table.index(kind);
    ensure(
      !index.has(primary),
      'std_exception',
      () => 'could not insert object, most likely a uniqueness constraint was violated',
    );
    index.set(primary, { payer: owner, key: secondary });
    context.bill(owner, cost);
    return context.secondaries(kind).add(table, primary);
  };
  const update = (iterator: number, payer: bigint, keyPtr: number): void => {
    const { context } = frame;
    const { table, primary } = context.secondaries(kind).at(iterator);
    ensureOwn(context, table);
    const old = rowOf(table, primary);
    const owner = payer === 0n ? old.payer : u64(payer);
    rebill(context, old.payer, cost, owner, cost);
    table.index(kind).set(primary, { payer: owner, key: key(keyPtr) });
  };
  const remove = (iterator: number): void => {
    const { context } = frame;
    const { table, primary } = context.secondaries(kind).at(iterator);
    ensureOwn(context, table);
    context.bill(rowOf(table, primary).payer, -cost);
    table.index(kind).delete(primary);
    closeTable(context, table);
    context.secondaries(kind).remove(iterator);
  };
  const next = (iterator: number, primaryPtr: number): number => {
    if (iterator < -1) return -1;
    const { table, primary } = frame.context.secondaries(kind).at(iterator);
    return iterate(table, table.index(kind).position(rowOf(table, primary).key, primary, true), primaryPtr);
  };
  const previous = (iterator: number, primaryPtr: number): number => {
    const iterators = frame.context.secondaries(kind);
    const table = iterator < -1 ? iterators.tableOfEnd(iterator) : iterators.at(iterator).table;
    const index = table.index(kind);
    let position = index.size;
    if (iterator >= 0) {
      const { primary } = iterators.at(iterator);
      position = index.position(rowOf(table, primary).key, primary);
    }
    return position === 0 ? -1 : iterate(table, position - 1, primaryPtr);
  };
  const findPrimary = (code: bigint, scope: bigint, name: bigint, keyPtr: number, id: bigint): number => {
    const table = find(code, scope, name);
    if (table === undefined) return -1;
    const iterators = frame.context.secondaries(kind);
    const row = table.index(kind).get(u64(id));
    if (row === undefined) return iterators.end(table);
    codec.write(frame.slice(keyPtr, codec.size), row.key);
    return iterators.add(table, u64(id));
  };
  const findSecondary = (
    code: bigint,
    scope: bigint,
    name: bigint,
    keyPtr: number,
    primaryPtr: number,
  ): number => {
    const table = find(code, scope, name);
    if (table === undefined) return -1;
    const wanted = key(keyPtr);
    const index = table.index(kind);
    const position = index.position(wanted, 0n);
    return index.entries[position]?.key === wanted
      ? iterate(table, position, primaryPtr)
      : frame.context.secondaries(kind).end(table);
  };
  const bound =
    (after: boolean) =>
    (code: bigint, scope: bigint, name: bigint, keyPtr: number, primaryPtr: number): number => {
      const table = find(code, scope, name);
      if (table === undefined) return -1;
      const edge = after ? 0xffff_ffff_ffff_ffffn : 0n;
      return iterate(table, table.index(kind).position(key(keyPtr), edge, after), primaryPtr, keyPtr);
    };
  const end = (code: bigint, scope: bigint, name: bigint): number => {
    const table = find(code, scope, name);
    return table === undefined ? -1 : frame.context.secondaries(kind).end(table);
  };
  const { counted } = codec;
  return Object.fromEntries(
    Object.entries({
      store: shape(counted, 4, store),
      update: shape(counted, 2, update),
      remove,
      next,
      previous,
      find_primary: shape(counted, 3, findPrimary),
      find_secondary: shape(counted, 3, findSecondary),
      lowerbound: shape(counted, 3, bound(false)),
      upperbound: shape(counted, 3, bound(true)),
      end,
    }).map(([name, work]) => [`db_${kind}_${name}`, work]),
  );
}
