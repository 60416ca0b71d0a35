import { Packer } from './packer.ts';
import type { Random } from './random.ts';
import type { SimAction, SimChange, SimTransaction } from './sim-block.ts';

export function packHeader(random: Random, slot: number, producer: string, previousId: string): Uint8Array {
  const to = new Packer().u32(slot).name(producer).u16(random.below(240)).hex(previousId);
  to.raw(random.bytes(32)).raw(random.bytes(32)).u32(random.below(9));
  to.maybe(random.chance(0.05) ? 'prod' : null, (name) =>
    to.u32(2).varuint(1).name(name).u8(0).raw(random.bytes(33)),
  );
  return to.list(random.chance(0.1) ? [1, 2] : [], (tag) => to.u16(tag).blob(random.bytes(8))).done();
}

/** `version`: of the action traces, 0 or 1. */
export function packTraces(transactions: readonly SimTransaction[], version: number): Uint8Array {
  const to = new Packer();
  to.list(transactions, (transaction) => {
    putTransaction(to, transaction, version);
  });
  return to.done();
}

function putTransaction(to: Packer, { id, status, actions }: SimTransaction, version: number): void {
  to.u8(0).hex(id).u8(status).u32(100).varuint(300).u64(-1n).u64(80n).u8(0);
  to.list(actions, (action) => {
    putAction(to, action, status === 0, version);
  });
  to.maybe(status === 0 ? null : 'ann', (account) => to.name(account).u64(-5n));
  to.maybe(status === 0 ? null : 'assertion', (text) => to.text(text));
  to.maybe(status === 2 ? 7n : null, (code) => to.u64(code));
  // A hard failure carries the trace that its error handler left.
  to.maybe(status === 2 ? id : null, (inner) => {
    putTransaction(to, { id: inner, status: 1, actions: [] }, version);
  });
  to.u8(0);
}

function putAction(to: Packer, action: SimAction, hasReceipt: boolean, version: number): void {
  to.u8(version).varuint(action.ordinal).varuint(action.creator);
  to.maybe(hasReceipt ? action : null, (receipt) => {
    to.u8(0).name(receipt.receiver).hex(receipt.digest).u64(BigInt(receipt.sequence)).u64(1n);
    to.list(receipt.actors, ([actor]) => to.name(actor).u64(9n));
    to.varuint(receipt.codeSequence).varuint(receipt.abiSequence);
  });
  to.name(action.receiver).name(action.account).name(action.name);
  to.list(action.actors, ([actor, permission]) => to.name(actor).name(permission));
  to.blob(action.data).u8(0).u64(12n).text('').varuint(0).u8(0).u8(0);
  if (version === 1) to.blob(new Uint8Array(0));
}

function packRow({ row }: SimChange): Uint8Array {
  const to = new Packer().u8(0).name(row.contract).name(row.scope).name(row.table);
  return to.u64(row.key).name(row.payer).blob(row.data).done();
}

/** The block's table deltas: contracts' rows in any order, among tables of the node's own. */
export function packDeltas(changes: readonly SimChange[], random: Random): Uint8Array {
  const own = random.chance(0.3) ? ['contract_table', 'account'] : [];
  const mixed = changes.toSorted(() => random.below(3) - 1);
  const to = new Packer().varuint(own.length + (mixed.length > 0 ? 1 : 0));
  for (const name of own) to.u8(0).text(name).varuint(1).u8(1).blob(random.bytes(20));
  if (mixed.length === 0) return to.done();
  to.u8(0).text('contract_row');
  return to.list(mixed, (change) => to.u8(change.isPresent ? 1 : 0).blob(packRow(change))).done();
}
