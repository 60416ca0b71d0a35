import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWarehouse } from '../open.ts';
import { CHAIN_ID, continueChain, prepareChain, SQL_DIR } from '../testing/chain-story.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { createGoods, rowSetsOf } from '../testing/goods.ts';
import { CITY, FOREST, REGION, STEPPE } from '../testing/lots.ts';
import { registryLogs } from '../testing/registry-logs.ts';
import type { Warehouse } from '../warehouse.ts';
import { runChecks } from './checks.ts';

const FIGURES = [
  'production',
  'outflow',
  'consumption',
  'local',
  'brought',
  'unknown_origin',
  'inflow',
  'outflow_all',
] as const;
const MIX = [
  { territory: FOREST, ppm: 333_333 },
  { territory: STEPPE, ppm: 333_333 },
  { territory: '', ppm: 333_334 },
];

/** Each month is a case by itself. */
function tell() {
  const goods = createGoods(2);
  goods.on('2026-01-10');
  const returned = goods.accept(3, 'potato', 100, FOREST);
  goods.takeback(goods.issue(returned, 20, CITY), 5);
  goods.takeback(goods.issue(returned, 10, STEPPE), 4, false);

  goods.on('2026-02-10');
  const wrong = goods.accept(1, 'potato', 50, FOREST);
  const shipment = goods.ship(wrong, 30, 3);
  const arrived = goods.receive(shipment, 28);
  const received = goods.last() - 1;
  const undone = [
    goods.sellout(wrong, 5, CITY, 'catering'),
    goods.issue(wrong, 6, CITY),
    goods.writeoff(wrong, 2),
    goods.count(wrong, -1),
    goods.count(wrong, 3),
  ];
  const issue = goods.issue(wrong, 8, FOREST);
  undone.push(goods.takeback(issue, 3), goods.takeback(issue, 2, false), issue);
  const made = goods.process([[wrong, 4]], 'eggs', 10, MIX);
  undone.push(goods.last() - 1, goods.last(), received, received + 1, shipment);
  for (const act of undone) goods.reverse(act);
  goods.reverse(1 + goods.logs.findIndex(({ row }) => (row['body'] as { lot_id: number }).lot_id === wrong));

  goods.on('2026-03-10');
  const milk = goods.accept(3, 'milk', 10, FOREST);
  const mixed = goods.process([[milk, 10]], 'eggs', 10, MIX);
  goods.issue(mixed, 7, CITY);
  goods.issue(mixed, 3, FOREST);

  goods.on('2026-04-10');
  const kept = goods.accept(1, 'potato', 20, FOREST);
  goods.writeoff(kept, 3);
  goods.count(kept, -2);
  goods.count(kept, 1);

  goods.on('2026-05-10');
  const lost = goods.accept(1, 'potato', 10, FOREST);
  goods.receive(goods.ship(lost, 10, 3), 0);
  return { logs: goods.logs, lots: { returned, wrong, arrived, made, milk, mixed, kept, lost } };
}

describe('what is taken back, mixed, lost and counted', () => {
  const { logs, lots } = tell();
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let warehouse: Warehouse;
  beforeAll(async () => {
    folder = await temporaryFolder();
    warehouse = await openWarehouse({ path: folder.path });
    await prepareChain(warehouse);
    const last = logs.at(-1)?.block ?? 0;
    await continueChain(warehouse, [
      {
        intent: { chainId: CHAIN_ID, first: 1, last, schema: 's', epoch: 0 },
        end: { blockNum: last, blockId: 'ff'.repeat(32) },
        rows: rowSetsOf([...registryLogs(), ...logs]),
      },
    ]);
  }, 120_000);
  afterAll(async () => {
    await warehouse.close();
    await folder.remove();
  });

  const args =
    "territory = {territory:String}, first_day = {first:Date}, last_day = {last:Date}, basket_group = '', product = {product:String}";
  const asked = (territory: string, month: number, product: string) => ({
    territory,
    product,
    first: `2026-0${String(month)}-01`,
    last: `2026-0${String(month)}-28`,
  });
  /** `kg / roubles / acts` of every figure with an act. */
  async function figures(territory: string, month: number, product = 'potato') {
    const [row = {}] = await warehouse.query<Record<string, string>>(
      `select * from mart.indicators(${args}) where level = 'product'`,
      asked(territory, month, product),
    );
    return Object.fromEntries(
      FIGURES.filter((name) => (row[`${name}_acts`] ?? '0') !== '0').map((name) => [
        name,
        `${row[`${name}_kg`] ?? ''} / ${row[`${name}_rub`] ?? ''} / ${row[`${name}_acts`] ?? ''}`,
      ]),
    );
  }
  async function parts(lot: number) {
    const rows = await warehouse.query<{ part: string; amount: string }>(
      'select part, sum(change) as amount from mart.lot_part where lot_id = {lot:UInt64} group by part having amount != 0',
      { lot },
    );
    return Object.fromEntries(rows.map(({ part, amount }) => [part, Number(amount)]));
  }

  test('every check holds', { timeout: 120_000 }, async () => {
    expect(await runChecks(warehouse, { dir: SQL_DIR })).toEqual([]);
  });

  test('a return takes back consumption and the border that the issue crossed, fit or spoiled', async () => {
    expect(await figures(CITY, 1)).toEqual({
      consumption: '15 / 600 / 2',
      brought: '15 / 600 / 2',
      inflow: '100 / 3000 / 1',
      outflow_all: '6 / 240 / 2',
    });
    expect(await figures(STEPPE, 1)).toEqual({
      consumption: '6 / 240 / 2',
      brought: '6 / 240 / 2',
      inflow: '6 / 240 / 2',
    });
    expect(await parts(lots.returned)).toEqual({ stock: 75, issued: 21, lost: 4 });
  });

  test('a reversal of every kind leaves no figure and no part of a lot, only the acts', async () => {
    for (const territory of [REGION, FOREST, CITY]) {
      for (const product of ['potato', 'eggs']) {
        const left = Object.values(await figures(territory, 2, product));
        expect(left.filter((figure) => !figure.startsWith('0 / 0 / '))).toEqual([]);
      }
    }
    expect(await figures(FOREST, 2)).toMatchObject({ production: '0 / 0 / 2', outflow: '0 / 0 / 6' });
    for (const lot of [lots.wrong, lots.arrived, lots.made]) expect(await parts(lot)).toEqual({});
  });

  test('an act of several origins counts once and is cut to the gram and the kopeck', async () => {
    expect(await figures(CITY, 3, 'eggs')).toEqual({
      consumption: '0.406 / 280 / 1',
      brought: '0.27 / 186.66 / 1',
      unknown_origin: '0.136 / 93.34 / 1',
      outflow_all: '0.174 / 120 / 1',
    });
    expect(await figures(FOREST, 3, 'eggs')).toEqual({
      consumption: '0.174 / 120 / 1',
      local: '0.057 / 39.99 / 1',
      brought: '0.058 / 40 / 1',
      unknown_origin: '0.059 / 40.01 / 1',
      inflow: '0.174 / 120 / 1',
    });
  });

  test('of several origins inside a parent territory each is local, and movement inside is no border', async () => {
    expect(await figures(REGION, 3, 'eggs')).toEqual({
      consumption: '0.58 / 400 / 2',
      local: '0.385 / 266.65 / 2',
      unknown_origin: '0.195 / 133.35 / 2',
    });
    expect(await figures(REGION, 3, 'milk')).toEqual({ production: '10.3 / 300 / 1' });
  });

  test('a record shows the part of its act that the figure counts', async () => {
    const rows = await warehouse.query(
      `select kind, act_quantity, quantity, kg, value_rub from mart.acts(${args}, indicator = 'brought')`,
      asked(CITY, 3, 'eggs'),
    );
    expect(rows).toEqual([
      { kind: 'issue', act_quantity: '7', quantity: '4', kg: '0.27', value_rub: '186.66' },
    ]);
    const backs = await warehouse.query(
      `select kind, quantity, kg from mart.acts(${args}, indicator = 'consumption') order by act_id`,
      asked(CITY, 1, 'potato'),
    );
    expect(backs).toEqual([
      { kind: 'issue', quantity: '20', kg: '20' },
      { kind: 'return', quantity: '-5', kg: '-5' },
    ]);
  });

  test('processing is a use of its inputs; its product is no second harvest', async () => {
    expect(await figures(CITY, 3, 'milk')).toEqual({ inflow: '10.3 / 300 / 1' });
    expect(await parts(lots.milk)).toEqual({ processed: 10 });
    expect(await parts(lots.mixed)).toEqual({ issued: 10 });
  });

  test('writing off and counting change stock and no figure', async () => {
    expect(await figures(FOREST, 4)).toEqual({ production: '20 / 600 / 1' });
    expect(await parts(lots.kept)).toEqual({ stock: 16, lost: 5 });
  });

  test('a shipment lost on its way moves nothing', async () => {
    expect(await figures(FOREST, 5)).toEqual({ production: '10 / 300 / 1' });
    expect(await figures(CITY, 5)).toEqual({});
    expect(await parts(lots.lost)).toEqual({ lost: 10 });
  });
});
