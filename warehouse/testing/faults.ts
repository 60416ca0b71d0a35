import type { Warehouse } from '../warehouse.ts';

/** Thrown in place of a stop of the process. */
export class Cut extends Error {
  override readonly name = 'Cut';
}

/**
 * A warehouse whose `at`-th write (from 0) ends the run: `before` it happens or just `after` it has happened.
 * Every later write is refused, as after the end of a process.
 */
export function cutAt(
  warehouse: Warehouse,
  at: number,
  when: 'before' | 'after',
): Warehouse & { readonly writes: () => number } {
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
    command: (sql, params) => write(() => warehouse.command(sql, params)),
    insert: (insert) => write(() => warehouse.insert(insert)),
    writes: () => writes,
  };
}
