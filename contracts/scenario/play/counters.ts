import type { ChainDriver } from '../../chain/driver.ts';
import { ChainUnreachable } from '../../chain/node-api.ts';
import type { Ids } from '../acts/ids.ts';

/** Where the chain keeps a counter: contract, field and table (`counters` where none is named). */
const places: Readonly<
  Record<keyof Ids, readonly [contract: string, field: string, table?: 'dealcounters']>
> = {
  section: ['registry', 'section_id'],
  point: ['registry', 'point_id'],
  request: ['registry', 'request_id'],
  decision: ['council', 'decision_id'],
  programme: ['funds', 'programme_id'],
  payment: ['funds', 'payment_id'],
  act: ['market', 'act_id'],
  lot: ['market', 'lot_id'],
  complaint: ['market', 'complaint_id'],
  offer: ['market', 'offer_id', 'dealcounters'],
  order: ['market', 'order_id', 'dealcounters'],
  thing: ['market', 'thing_id', 'dealcounters'],
  rent: ['market', 'rent_id', 'dealcounters'],
  invest: ['market', 'invest_id', 'dealcounters'],
  pool: ['market', 'pool_id', 'dealcounters'],
};

/** Last ids that a chain's contracts have given; zeros where a contract has given none or is not there. */
export async function readIds(driver: ChainDriver): Promise<Ids> {
  const known = new Map<string, Promise<Readonly<Record<string, unknown>>>>();
  const ids = Object.entries(places).map(async ([id, [contract, field, table = 'counters']]) => {
    const key = `${contract} ${table}`;
    const row = known.get(key) ?? countersOf(driver, contract, table);
    known.set(key, row);
    return [id, Number((await row)[field] ?? 0)];
  });
  return Object.fromEntries(await Promise.all(ids)) as Ids;
}

async function countersOf(
  driver: ChainDriver,
  code: string,
  table: string,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    const [row] = await driver.rows({ code, scope: code, table, limit: 1 });
    return row ?? {};
  } catch (error) {
    // A contract that is not there yet has no such table.
    if (error instanceof ChainUnreachable) throw error;
    return {};
  }
}

/** Throws where a chain's counters are not those that the plan foretells at this point. */
export function expectIds(foretold: Ids, found: Ids): void {
  for (const [id, value] of Object.entries(foretold)) {
    const came = found[id as keyof Ids];
    if (came !== value)
      throw new Error(
        `${id}: id ${value} expected at this point of the plan, the chain has given ${came}: ` +
          'its seed, scale or days differ from those that it was begun with',
      );
  }
}
