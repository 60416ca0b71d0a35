import { ChainFault, ensure } from '../chain/fault.ts';
import type { ContractTable } from '../state/table.ts';

export type Place = { readonly table: ContractTable; readonly primary: bigint };

/** Iterator numbers of one action: rows count up from 0, ends of tables down from -2. */
export class Iterators {
  readonly #places: (Place | undefined)[] = [];
  readonly #ends: ContractTable[] = [];
  readonly #known = new Map<ContractTable, { end: number; rows: Map<bigint, number> }>();

  #entry(table: ContractTable): { end: number; rows: Map<bigint, number> } {
    let entry = this.#known.get(table);
    if (entry === undefined) {
      entry = { end: -(this.#ends.push(table) + 1), rows: new Map() };
      this.#known.set(table, entry);
    }
    return entry;
  }
  end(table: ContractTable): number {
    return this.#entry(table).end;
  }
  add(table: ContractTable, primary: bigint): number {
    const { rows } = this.#entry(table);
    const known = rows.get(primary);
    if (known !== undefined) return known;
    const iterator = this.#places.push({ table, primary }) - 1;
    rows.set(primary, iterator);
    return iterator;
  }
  remove(iterator: number): void {
    const place = this.at(iterator);
    this.#places[iterator] = undefined;
    this.#known.get(place.table)?.rows.delete(place.primary);
  }
  at(iterator: number): Place {
    ensure(iterator !== -1, 'invalid_table_iterator', () => 'invalid iterator');
    ensure(iterator >= 0, 'table_operation_not_permitted', () => 'dereference of end iterator');
    ensure(iterator < this.#places.length, 'invalid_table_iterator', () => 'iterator out of range');
    const place = this.#places[iterator];
    ensure(place !== undefined, 'table_operation_not_permitted', () => 'dereference of deleted object');
    return place;
  }
  tableOfEnd(iterator: number): ContractTable {
    const table = this.#ends[-iterator - 2];
    if (table === undefined) throw new ChainFault('invalid_table_iterator', 'not a valid end iterator');
    return table;
  }
}
