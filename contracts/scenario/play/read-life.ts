import type { ChainDriver } from '../../chain/driver.ts';
import { assetAmount } from '../acts/amounts.ts';
import { mayLoseKey } from '../acts/choose.ts';
import { type Life, newLife } from '../acts/life.ts';
import { createPeople, type People } from '../acts/people.ts';
import type { Lot, Place } from '../acts/shelf.ts';
import { createWorld } from '../acts/world.ts';
import { DAY_MS, type Region } from '../plan.ts';
import type { Random } from '../random.ts';

type Row = Readonly<Record<string, unknown>>;
type Rows = (code: string, table: string, scope?: string) => Promise<readonly Row[]>;

/** What lives on a chain that has the region: stocks, goods on the way, balances, chairs and who is a member. */
export async function readLife(
  driver: ChainDriver,
  region: Region,
  random: Random,
): Promise<{ readonly life: Life; readonly people: People }> {
  const rows: Rows = (code, table, scope = code) => driver.rows({ code, scope, table });
  const world = createWorld(region);
  const life: Life = { ...newLife(world, random), papers: random.int(1, 2 ** 40) };
  for (const { section_id, chair } of await rows('registry', 'sections'))
    world.setChair(Number(section_id), String(chair));
  await readStock(life, rows);
  const people = createPeople(world);
  for (let coop = 0; coop < region.reference.coops; coop++) {
    const { coop: name, from, to } = world.coop(coop);
    for (const { member, balance } of await rows('funds', 'shares', name))
      life.purses.set(coop, String(member), assetAmount(String(balance)));
    const active = (await rows('registry', 'members', name)).filter(({ status }) => status === 'active');
    const accounts = new Set(active.map(({ account }) => String(account)));
    for (let index = from; index < to; index++) {
      const member = world.member(index);
      if (accounts.has(member.account) && !mayLoseKey(member)) people.enter(member);
    }
  }
  return { life, people };
}

async function readStock({ world, shelf, onTheWay }: Life, rows: Rows): Promise<void> {
  const lots = new Map<number, Lot>();
  const since = Date.now() - DAY_MS;
  for (const row of await rows('market', 'lots')) {
    const id = Number(row['lot_id']);
    const point = Number(row['point_id']);
    if (point > world.reference.points) continue;
    const lot: Lot = {
      id,
      coop: world.point(point).coop,
      point,
      product: String(row['product']),
      origin: placeOf(row['origin'] as PlaceRow),
      since,
      accepted: assetAmount(String(row['accepted'])),
      stock: assetAmount(String(row['stock'])),
    };
    lots.set(id, lot);
    shelf.put(lot);
  }
  for (const row of await rows('market', 'shipments')) {
    const lot = lots.get(Number(row['lot_id']));
    const to = Number(row['to_point']);
    if (lot === undefined || to > world.reference.points) continue;
    const quantity = assetAmount(String(row['quantity']));
    onTheWay.add({ id: Number(row['shipment_id']), lot, quantity, to, due: 0 });
  }
}

/** Numbers of 64 bits come as text. */
type PlaceRow = Omit<Place, 'point_id'> & { readonly point_id: unknown };

const placeOf = ({ point_id, oktmo, country }: PlaceRow): Place => ({
  point_id: Number(point_id),
  oktmo,
  country,
});
