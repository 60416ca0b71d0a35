import type { Warehouse } from '../warehouse.ts';

/** Thrown in place of a stop of the process. */
export class Cut extends Error {
  override readonly name = 'Cut';
}

/**
 * A warehouse whose `at`-th write (from 0) ends the run: `before` it happens or just `after` it has happened.
 * Every later write is refused, as after the end of a process. Making empty tables is no write: it stands before the batches.
 */
export function cutAt(warehouse: Warehouse, at: number, when: 'before' | 'after'): Warehouse {
  let writes = 0;
  async function write(work: () => Promise<void>): Promise<void> {
    const number = writes;
    writes += 1;
    if (number > at || (number === at && when === 'before'))
      throw new Cut(`cut before write ${String(number)}`);
    await work();
    if (number === at) throw new Cut(`cut after write ${String(number)}`);
  }
  return {
    ...warehouse,
    command: (sql, params) =>
      /^\s*(insert|alter|truncate|create or replace table|exchange|rename)/.test(sql)
        ? write(() => warehouse.command(sql, params))
        : warehouse.command(sql, params),
    insert: (insert) => write(() => warehouse.insert(insert)),
  };
}
