import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWarehouse } from '../open.ts';
import { createChainSink } from '../sink/sink.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { createGoods, rowSetsOf, type Goods } from '../testing/goods.ts';
import { CITY, FAR, FOREST, REGION, STEPPE } from '../testing/lots.ts';
import { type Log, registryLogs } from '../testing/registry-logs.ts';
import { encodeRows, type Value } from '../testing/row-binary.ts';
import { actionTable, allTables, blockTable } from '../testing/tables.ts';
import type { Params, Warehouse } from '../warehouse.ts';
import { buildModels } from './build.ts';
import { runChecks } from './checks.ts';

const dir = new URL('../../sql', import.meta.url).pathname;
const chainId = 'c0'.repeat(32);
const INDICATORS = [
  'production',
  'outflow',
  'consumption',
  'local',
  'brought',
  'unknown_origin',
  'inflow',
  'outflow_all',
] as const;

/**
 * Forest grows 100 potato; 60 go to the city, 55 arrive; of these 20 are eaten in the city, 5 by a visitor from the steppe,
 * 10 go to a school of the city, 8 to a shop that resells. Farmers of the steppe bring 40 to the forest's point.
 * Minsk's 30 come to the city and 12 go on to the far region (transit). Milk and eggs without origin are eaten in the city.
 */
function story(goods: Goods): void {
  goods.on('2026-01-10');
  const own = goods.accept(1, 'potato', 100, FOREST);
  const arrived = goods.receive(goods.ship(own, 60, 3), 55);
  goods.issue(own, 15, FOREST);
  goods.issue(arrived, 20, CITY);
  goods.issue(arrived, 5, STEPPE);
  goods.on('2026-03-10');
  goods.sellout(arrived, 10, CITY, 'catering');
  goods.sellout(arrived, 8, CITY, 'trade');
  goods.accept(1, 'potato', 40, STEPPE);
  const minsk = goods.accept(3, 'potato', 30, 'BY');
  goods.sellout(minsk, 12, FAR, 'trade');
  goods.issue(minsk, 2, CITY);
  const milk = goods.accept(3, 'milk', 7.5, '');
  goods.issue(milk, 2.5, CITY);
  const eggs = goods.accept(3, 'eggs', 30, FOREST);
  goods.issue(eggs, 10, CITY);
}

/** Under a document of its own. */
const withDocument = (log: Log): Log => ({
  ...log,
  row: {
    ...log.row,
    body: { ...(log.row['body'] as Record<string, Value>), document_hash: 'cd'.repeat(32) },
  },
});

describe('the models over a small region', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let warehouse: Warehouse;
  beforeAll(async () => {
    folder = await temporaryFolder();
    warehouse = await openWarehouse({ path: folder.path });
    const sink = createChainSink(warehouse);
    await sink.open(chainId);
    for (const table of allTables) await sink.ensureTable(table);
    await buildModels(warehouse, { dir });
    const goods = createGoods(2);
    story(goods);
    const last = goods.logs.at(-1)?.block ?? 0;
    const proof = {
      tx_id: '02',
      block_num: 2,
      block_time: '2026-01-10T06:00:00Z',
      tx_index: 0,
      abi_sequence: 1,
      code_sequence: 1,
      act_digest: '00',
      raw: '',
    };
    // What the member supplied an act earlier, signed apart; the chair's log says the same document.
    const supplied = { ...proof, tx_id: '03' };
    const actions = encodeRows('action', actionTable.columns, [
      {
        ...supplied,
        global_sequence: 1_000_000_000_100n,
        action_ordinal: 1,
        creator_action_ordinal: 0,
        contract: 'market',
        name: 'supply',
        actors: [{ actor: 'member', permission: 'active' }],
      },
      {
        ...supplied,
        global_sequence: 1_000_000_000_101n,
        action_ordinal: 2,
        creator_action_ordinal: 1,
        contract: 'market',
        name: 'logintent',
        actors: [{ actor: 'market', permission: 'active' }],
      },
      {
        ...proof,
        global_sequence: 1_000_000_000_199n,
        action_ordinal: 1,
        creator_action_ordinal: 0,
        contract: 'market',
        name: 'accept',
        actors: [
          { actor: 'chair', permission: 'active' },
          { actor: 'anna', permission: 'active' },
        ],
      },
      {
        ...proof,
        global_sequence: 1_000_000_000_200n,
        action_ordinal: 2,
        creator_action_ordinal: 1,
        contract: 'market',
        name: 'logaccept',
        actors: [{ actor: 'market', permission: 'active' }],
      },
    ]);
    const blocks = encodeRows('block', blockTable.columns, [
      {
        block_num: 2,
        block_id: '02',
        prev_id: '01',
        block_time: '2026-01-10T06:00:00Z',
        producer: 'eosio',
        transactions: 1,
        actions: 2,
      },
    ]);
    const [accepted, ...others] = goods.logs.map((log, at) => (at === 0 ? withDocument(log) : log)) as [
      Log,
      ...Log[],
    ];
    const intent = {
      table: 'market_logintent',
      block: 2,
      row: { ...accepted.row, tx_id: '03', global_sequence: 1_000_000_000_101n },
    };
    const rows = [...rowSetsOf([...registryLogs(), intent, accepted, ...others]), actions, blocks];
    await sink.commit({
      intent: { chainId, first: 1, last, schema: 's', epoch: 0 },
      end: { blockNum: last, blockId: 'ff'.repeat(32) },
      rows,
    });
    const reversible = createGoods(last + 1);
    reversible.issue(reversible.accept(1, 'potato', 3, FOREST), 1, CITY);
    for (const log of reversible.logs) await sink.appendTail(log.block, rowSetsOf([log]));
  }, 60_000);
  afterAll(async () => {
    await warehouse.close();
    await folder.remove();
  });

  const whole = { first_day: '2026-01-01', last_day: '2026-12-31', basket_group: '', product: '' };
  const call =
    'territory = {territory:String}, first_day = {first_day:Date}, last_day = {last_day:Date}, basket_group = {basket_group:String}, product = {product:String}';
  type Figures = Record<string, string | null>;
  const indicators = (territory: string, more: Params = {}) =>
    warehouse.query<Figures>(`select * from mart.indicators(${call}) order by level, basket_group, product`, {
      ...whole,
      territory,
      ...more,
    });
  const potato = async (territory: string) => {
    const row = (await indicators(territory)).find(
      (found) => found['level'] === 'product' && found['product'] === 'potato',
    );
    return Object.fromEntries(INDICATORS.map((name) => [name, Number(row?.[`${name}_kg`] ?? 0)]));
  };

  test('every check holds', async () => {
    expect(await runChecks(warehouse, { dir })).toEqual([]);
  });

  test('a district: own harvest, shipped out, eaten at home; another district’s harvest collected here flows in', async () => {
    expect(await potato(FOREST)).toEqual({
      production: 100,
      outflow: 55,
      outflow_all: 55,
      consumption: 15,
      local: 15,
      brought: 0,
      unknown_origin: 0,
      inflow: 40,
    });
  });

  test('a city: fed from outside, transit leaves as all outflow and never as local outflow', async () => {
    expect(await potato(CITY)).toEqual({
      production: 0,
      outflow: 0,
      outflow_all: 17,
      consumption: 32,
      local: 0,
      brought: 32,
      unknown_origin: 0,
      inflow: 85,
    });
  });

  test('a harvest collected outside its district leaves it; a member who lives there eats brought goods', async () => {
    expect(await potato(STEPPE)).toEqual({
      production: 40,
      outflow: 40,
      outflow_all: 40,
      consumption: 5,
      local: 0,
      brought: 5,
      unknown_origin: 0,
      inflow: 5,
    });
  });

  test('the region: movement inside is neither inflow nor outflow', async () => {
    expect(await potato(REGION)).toEqual({
      production: 140,
      outflow: 0,
      outflow_all: 12,
      consumption: 52,
      local: 50,
      brought: 2,
      unknown_origin: 0,
      inflow: 30,
    });
  });

  test('an outside region, a country, and a territory without acts', async () => {
    expect(await potato(FAR)).toMatchObject({ inflow: 12, consumption: 0 });
    expect(await potato('BY')).toMatchObject({ production: 30, outflow: 30 });
    expect(await indicators('09999999')).toEqual([]);
  });

  test('goods of unknown origin are eaten but never local, brought or produced', async () => {
    const milk = (await indicators(CITY)).find(
      (row) => row['level'] === 'group' && row['basket_group'] === 'milk',
    );
    expect(milk).toMatchObject({
      production_acts: '0',
      inflow_acts: '0',
      consumption_kg: '2.575',
      unknown_origin_kg: '2.575',
      local_acts: '0',
      brought_acts: '0',
      unknown_origin_rub: '100',
    });
  });

  test('roubles add across groups, kilograms do not', async () => {
    const [total] = (await indicators(REGION)).filter((row) => row['level'] === 'total');
    expect(total).toMatchObject({
      consumption_kg: null,
      production_kg: null,
      consumption_rub: '2630',
      production_acts: '3',
    });
  });

  test('a filter narrows to a group or a product', async () => {
    const rows = await indicators(REGION, { basket_group: 'eggs' });
    expect(rows.map((row) => row['level'])).toEqual(['group', 'product', 'total']);
    expect(rows[0]).toMatchObject({ production_kg: '1.74', consumption_kg: '0.58' });
    expect(await indicators(REGION, { product: 'cabbage' })).toEqual([]);
  });

  test('months without acts are absent', async () => {
    const rows = await warehouse.query<Figures>(`select * from mart.indicators_monthly(${call})`, {
      ...whole,
      territory: FOREST,
      product: 'potato',
    });
    expect(rows.map((row) => [row['month'], row['production_kg'], row['inflow_kg']])).toEqual([
      ['2026-01-01', '100', '0'],
      ['2026-03-01', '0', '40'],
    ]);
    const [first] = await warehouse.query<Figures>(`select * from mart.indicators_monthly(${call})`, {
      ...whole,
      territory: FOREST,
    });
    expect(first).toMatchObject({ production_kg: null, production_rub: '3000' });
  });

  test('the acts behind a figure, each with its class', async () => {
    const rows = await warehouse.query<Figures>(
      `select act_id, kind, indicators, value_rub, tx_id from mart.acts(${call}, indicator = {indicator:String}) order by act_id`,
      {
        ...whole,
        territory: CITY,
        indicator: 'consumption',
      },
    );
    const origin = (row: Figures) => (row['indicators'] as unknown as string[]).at(-1);
    expect(rows.map((row) => [row['kind'], origin(row), row['value_rub']])).toEqual([
      ['issue', 'brought', '800'],
      ['sellout', 'brought', '450'],
      ['issue', 'brought', '80'],
      ['issue', 'unknown_origin', '100'],
      ['issue', 'brought', '400'],
    ]);
    expect(rows[0]?.['tx_id']).toMatch(/^[0-9a-f]{64}$/);
  });

  test('one act opens to its names, block and signers, who signed its first half among them', async () => {
    const [act] = await warehouse.query('select * from mart.act(act_id = {act_id:UInt64})', { act_id: 1 });
    expect(act).toMatchObject({
      kind: 'accept',
      product_title: 'potato',
      coop_title: 'Заречье',
      to_point_title: 'Пункт 1',
      to_section_title: 'Участок 1',
      origin_territory_title: 'Лесной район',
      block_id: '02'.padStart(64, '0'),
      contract: 'market',
      action: 'accept',
      signers: [
        { actor: 'chair', permission: 'active' },
        { actor: 'anna', permission: 'active' },
        { actor: 'member', permission: 'active' },
      ],
    });
    expect(
      await warehouse.query('select * from mart.act(act_id = {act_id:UInt64})', { act_id: 2 }),
    ).toMatchObject([{ kind: 'ship', signers: [] }]);
    expect(
      await warehouse.query('select * from mart.act(act_id = {act_id:UInt64})', { act_id: 999 }),
    ).toEqual([]);
  });

  test('acts of reversible blocks are pending and in no figure', async () => {
    const rows = await warehouse.query(
      "select kind, product, kg, value_rub, origin_territory, to_territory from mart.pending where kind = 'accept'",
    );
    expect(rows).toEqual([
      {
        kind: 'accept',
        product: 'potato',
        kg: '3',
        value_rub: '90',
        origin_territory: FOREST,
        to_territory: FOREST,
      },
    ]);
  });

  test('pending acts are counted under the indicators that they will enter', async () => {
    const pending = async (territory: string, basket_group = '') =>
      Object.fromEntries(
        (
          await warehouse.query<{ indicator: string; acts: string }>(
            'select indicator, acts from mart.pending_indicators(territory = {territory:String}, basket_group = {basket_group:String}, product = {product:String})',
            { territory, basket_group, product: '' },
          )
        ).map((row) => [row.indicator, row.acts]),
      );
    expect(await pending(FOREST)).toEqual({ production: '1', outflow: '1', outflow_all: '1' });
    expect(await pending(CITY)).toEqual({ inflow: '1', consumption: '1', brought: '1' });
    expect(await pending(REGION)).toEqual({ production: '1', consumption: '1', local: '1' });
    expect(await pending(REGION, 'milk')).toEqual({});
  });

  test('days add up to months, and days without acts are absent', async () => {
    const of = (territory: string) => ({ ...whole, territory, product: 'potato' });
    const days = await warehouse.query<Figures>(`select * from mart.indicators_daily(${call})`, of(FOREST));
    expect(days.map((row) => [row['day'], row['production_kg'], row['inflow_kg']])).toEqual([
      ['2026-01-10', '100', '0'],
      ['2026-03-10', '0', '40'],
    ]);
    const sums = (mart: string) =>
      warehouse.query(
        `select ${INDICATORS.map((name) => `sum(${name}_kg), sum(${name}_rub), sum(${name}_acts)`).join(', ')} from ${mart}(${call})`,
        of(CITY),
      );
    expect(await sums('mart.indicators_daily')).toEqual(await sums('mart.indicators_monthly'));
  });

  test('a territory moved under another is inside it as soon as its batch stands', async () => {
    const insideFar = () =>
      warehouse.query('select oktmo from mart.territory_tree where ancestor = {far:String} order by oktmo', {
        far: FAR,
      });
    expect(await insideFar()).toEqual([{ oktmo: FAR }]);
    const sink = createChainSink(warehouse);
    const { cursor } = await sink.open(chainId);
    for (const table of allTables) await sink.ensureTable(table);
    const block = (cursor?.blockNum ?? 0) + 1;
    const [one] = registryLogs().filter((log) => log.row['oktmo'] === STEPPE);
    if (!one) throw new Error('the registry knows the steppe');
    const move = async (at: number, parent: string) => {
      const row = {
        ...one.row,
        parent,
        block_num: at,
        global_sequence: 2_000_000_000_000n + BigInt(at),
      };
      await sink.commit({
        intent: { chainId, first: at, last: at, schema: 's', epoch: 0 },
        end: { blockNum: at, blockId: 'fe'.repeat(32) },
        rows: rowSetsOf([{ ...one, block: at, row }]),
      });
    };
    await move(block, FAR);
    expect(await insideFar()).toEqual([{ oktmo: STEPPE }, { oktmo: FAR }]);
    await move(block + 1, REGION);
    expect(await insideFar()).toEqual([{ oktmo: FAR }]);
  });

  test('dimensions show what was registered last', async () => {
    expect(
      await warehouse.query('select title from mart.territory where oktmo = {oktmo:String}', {
        oktmo: REGION,
      }),
    ).toEqual([{ title: 'Заречная область' }]);
    expect(
      await warehouse.query(
        'select ancestor from mart.territory_tree where oktmo = {oktmo:String} order by ancestor',
        { oktmo: CITY },
      ),
    ).toEqual([{ ancestor: REGION }, { ancestor: CITY }]);
    expect(
      await warehouse.query(
        "select unit, unit_decimals, basket_group from mart.product where product = 'milk'",
      ),
    ).toEqual([{ unit: 'LTR', unit_decimals: 3, basket_group: 'milk' }]);
    expect(await warehouse.query("select product from mart.product where product = 'ploughing'")).toEqual([]);
    expect(await warehouse.query('select title from mart.point where point_id = 4')).toEqual([
      { title: 'Пункт 4' },
    ]);
    expect(await warehouse.query('select block_num from mart.as_of')).toHaveLength(1);
    expect(await warehouse.query('select count() as groups from mart.basket_group')).toEqual([
      { groups: '11' },
    ]);
  });

  test('norms and groups carry their certainty: from memory is to be verified', async () => {
    const rows = await warehouse.query(
      "select certainty, status from mart.basket_norm where certainty = 'L' group by certainty, status",
    );
    expect(rows).toEqual([{ certainty: 'L', status: 'to be verified' }]);
    const [basket] = await warehouse.query(
      "select sum(amount) as kg from mart.basket_norm where norm = 'basket_227' and population = 'working_age' and unit = 'kg'",
    );
    expect(basket).toEqual({ kg: '808.3' });
  });
});
