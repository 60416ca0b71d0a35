import type { Abi } from './abi/abi.ts';
import { compile } from './abi/compile.ts';
import { firstLayout, layoutWriter } from './abi/layout.ts';
import type { Write } from './abi/codec.ts';
import { halves, nameHalves } from './abi/names.ts';
import { Reader } from './abi/reader.ts';
import { RowBuffer } from './abi/row-buffer.ts';
import { createSchema } from './abi/schema.ts';
import { actionFields, tableName } from './abi/tables.ts';
import { AbiError, DecodeError } from './errors.ts';
import type { AbiVersion, TableSpec } from './sink/sink.ts';

/** An action that was kept raw, as its row in `action` has it. */
export type RawAction = {
  readonly blockNum: number;
  /** ms since 1970. */
  readonly blockTime: number;
  readonly globalSequence: bigint;
  readonly txId: Uint8Array;
  readonly contract: string;
  readonly name: string;
  readonly abiSequence: number;
  readonly raw: Uint8Array;
};

/** A decoded row in RowBinary for the table of that name, or why there is none. */
export type Redecoded = { readonly table: TableSpec; readonly row: Uint8Array } | { readonly reason: string };

type Target = { readonly table: TableSpec; readonly write: Write };

/**
 * Decodes actions kept raw with what is known now: the ABI version of their own `abi_sequence`, else an ABI given for their account.
 * A version that was set after the action is never used. Rows by a given ABI go to `<table>_given` where the table of that name has other
 * columns or is not there: the chain's own ABIs alone decide what `<table>` looks like.
 */
export function createRedecoder(
  watch: { readonly accounts: readonly string[]; readonly rows: boolean },
  versions: readonly AbiVersion[],
  given: ReadonlyMap<string, Abi>,
): { decode(action: RawAction): Redecoded } {
  const schema = createSchema(watch.accounts, watch.rows);
  for (const version of versions) schema.apply(version);
  const setAt = new Map(versions.map((v) => [`${v.account} ${v.abiSequence}`, v.globalSequence]));
  const targets = new Map<string, Target | string>();

  function known({ contract, name, abiSequence, globalSequence }: RawAction): Target | string {
    const account = schema.accounts.get(...nameHalves(contract));
    if (account === undefined) return 'the account is not watched';
    const at = setAt.get(`${contract} ${abiSequence}`);
    if (at === undefined || at >= globalSequence) return `ABI version ${abiSequence} is not known`;
    const row = schema.rowOf(account, abiSequence, ...nameHalves(name));
    if (row === null) return `ABI version ${abiSequence} does not describe the action`;
    return { table: row.table.layout.spec, write: row.write };
  }

  function byGiven({ contract, name }: RawAction): Target | string {
    const abi = given.get(contract);
    if (abi === undefined) return 'no ABI was given';
    try {
      const fields = actionFields(abi, compile(abi), name);
      if (fields === null) return 'the given ABI does not describe the action';
      const layout = firstLayout(tableName(contract, name), fields);
      const own = schema.tables.find((table) => table.layout.spec.name === layout.spec.name)?.layout.spec;
      const isSame = JSON.stringify(own) === JSON.stringify(layout.spec);
      const table = isSame ? layout.spec : { ...layout.spec, name: `${layout.spec.name}_given` };
      return { table, write: layoutWriter(layout, fields) };
    } catch (error) {
      if (error instanceof AbiError) return `the given ABI cannot be used: ${error.message}`;
      throw error;
    }
  }

  /** Targets by given ABIs are made once an action name. */
  function cached(action: RawAction): Target | string {
    const key = `${action.contract} ${action.name}`;
    const made = targets.get(key) ?? byGiven(action);
    targets.set(key, made);
    return made;
  }

  return {
    decode(action) {
      const first = known(action);
      const row = typeof first === 'string' ? first : rowOf(action, first);
      if (typeof row !== 'string') return { table: (first as Target).table, row };
      if (!given.has(action.contract)) return { reason: row };
      const second = cached(action);
      const other = typeof second === 'string' ? second : rowOf(action, second);
      return typeof other === 'string'
        ? { reason: `${row}; ${other}` }
        : { table: (second as Target).table, row: other };
    },
  };
}

/** The whole row, or what the data lacks. */
function rowOf(action: RawAction, { write }: Target): Uint8Array | string {
  const to = new RowBuffer(256 + 4 * action.raw.length);
  to.u32(action.blockNum);
  to.u64(...halves(BigInt(action.blockTime)));
  to.u64(...halves(action.globalSequence));
  to.put(action.txId);
  const from = new Reader(action.raw);
  try {
    write(from, to);
  } catch (error) {
    if (error instanceof DecodeError) return error.message;
    throw error;
  }
  return from.pos === from.end ? to.take() : `${from.end - from.pos} bytes are left over`;
}
