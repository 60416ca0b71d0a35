import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INDICATORS, SERIES } from '../lib/filters/indicator.ts';
import { createApi, type App } from './app.ts';
import { liveStatus, newsroom } from './testing/fake.ts';
import { openTestRegion, type ShortAct, type TestRegion } from './testing/region.ts';
import type { ActAnswer, ActsAnswer, IndicatorsAnswer, SeriesAnswer, TerritoriesAnswer } from './wire.ts';

const [LES, STEP, CITY] = ['02614000', '02628000', '02701000'];
const ACTS: readonly ShortAct[] = [
  ['accept', '2026-09-02', 'potato', 1000, 20, LES, LES, LES],
  ['accept', '2026-09-20', 'milk', 300, 40, LES, LES, LES],
  ['accept', '2026-10-02', 'beef', 50, 400, STEP, STEP, LES],
  ['accept', '2026-10-02', 'beef', 10, 400, '', '', LES],
  ['issue', '2026-09-05', 'potato', 100, 22, LES, LES, LES, 'ownuse'],
  ['issue', '2026-10-05', 'beef', 5, 420, '', LES, LES, 'ownuse'],
  ['issue', '2026-10-06', 'beef', 20, 420, STEP, LES, LES, 'ownuse'],
  ['sellout', '2026-10-07', 'potato', 200, 25, LES, LES, CITY, 'trade'],
];

let region: TestRegion;
let app: App;
const news = newsroom();
beforeAll(async () => {
  region = await openTestRegion();
  await region.commit(ACTS);
  const time = '2026-10-20T12:00:00.000Z';
  app = createApi({
    warehouse: region.warehouse,
    status: () => ({
      ...liveStatus,
      indexer: { ...liveStatus.indexer, committed: region.committed(), committedTime: time },
    }),
    subscribe: news.subscribe,
  });
});
afterAll(async () => {
  await app.close();
  await region.close();
});

const get = async <T>(url: string) => {
  const answer = await app.inject(url);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<T>();
};

it('finds a territory by part of its name or by code, with its parents', async () => {
  const { territories } = await get<TerritoriesAnswer>(`/api/territories?q=${encodeURIComponent('лесн')}`);
  expect(territories).toEqual([
    { oktmo: LES, title: 'Лесной район', parents: [{ oktmo: '02000000', title: 'Заречная область' }] },
  ]);
  expect((await get<TerritoriesAnswer>('/api/territories?q=027')).territories).toHaveLength(1);
  expect((await get<TerritoriesAnswer>('/api/territories')).territories).toHaveLength(4);
  expect(await get<TerritoriesAnswer>(`/api/territories/${LES}`)).toMatchObject({
    title: 'Лесной район',
    children: [],
  });
});

it('lists products and groups', async () => {
  const { products, groups } = await get<{ products: object[]; groups: object[] }>('/api/products');
  expect(products).toContainEqual({
    product: 'potato',
    title: 'Картофель',
    okpd2: '01.13.51',
    group: 'potato',
    unit: 'KG',
    decimals: 3,
  });
  expect(groups.length).toBeGreaterThanOrEqual(11);
});

it('the four figures of a district', async () => {
  const { rows } = await get<IndicatorsAnswer>(`/api/indicators?t=${LES}`);
  const total = rows.find(({ level }) => level === 'total');
  expect(total?.production).toEqual({ kg: null, rub: '32000', acts: '2' });
  expect(total?.outflow).toMatchObject({ rub: '5000', acts: '1' });
  expect(total?.consumption).toMatchObject({ rub: '12700', acts: '3' });
  expect(total?.share).toEqual({ local: '17.3', brought: '66.1', unknown: '16.5' });
});

describe.each(INDICATORS)('the records of %s', (indicator) => {
  it.each(['', '&p=2026-10', '&g=meat', '&pr=potato', '&t=02000000'])(
    'add up to the tile (%s)',
    async (more) => {
      const query = more.includes('t=') ? more.slice(1) : `t=${LES}${more}`;
      const { rows } = await get<IndicatorsAnswer>(`/api/indicators?${query}`);
      const { total, acts } = await get<ActsAnswer>(`/api/acts?${query}&i=${indicator}`);
      const level = /pr=/.test(more) ? 'product' : /g=/.test(more) ? 'group' : 'total';
      const tile = rows.find((row) => row.level === level)?.[indicator] ?? { kg: null, rub: '0', acts: '0' };
      expect([Number(total.rub), total.acts]).toEqual([Number(tile.rub), tile.acts]);
      expect(acts.reduce((sum, { rub }) => sum + Number(rub), 0)).toBe(Number(tile.rub));
      if (tile.kg !== null) expect(Number(total.kg)).toBe(Number(tile.kg));
    },
  );
});

describe.each(SERIES)('%s', (indicator) => {
  it('adds up by months and by days', async () => {
    const whole = (await get<ActsAnswer>(`/api/acts?t=${LES}&i=${indicator}`)).total;
    for (const grain of ['monthly', 'daily']) {
      const { rows } = await get<SeriesAnswer>(`/api/indicators/${grain}?t=${LES}`);
      expect(rows.reduce((sum, row) => sum + Number(row[indicator].rub), 0)).toBe(Number(whole.rub));
    }
  });
});

it('pages through records without loss or repeat', async () => {
  const seen: string[] = [];
  for (let after = ''; ;) {
    const page = await get<ActsAnswer>(`/api/acts?t=02000000&i=production&limit=2${after}`);
    seen.push(...page.acts.map(({ act }) => act));
    if (page.next === null) break;
    after = `&after=${page.next}`;
  }
  expect(seen).toEqual(['3', '2', '1']);
});

it('shows an act with its proof', async () => {
  const act = await get<ActAnswer>('/api/acts/1');
  expect(act).toMatchObject({
    kind: 'accept',
    quantity: '1000',
    unit: 'KG',
    coopTitle: 'Лесной стан',
    producerMember: true,
    to: { territory: LES, title: 'Лесной район', pointTitle: 'Склад участка', section: 'Кордон' },
    proof: { block: 2, action: 'market::logaccept', ordinal: 2 },
  });
  expect(act.proof.signers).toEqual([
    { actor: 'kordonchair1', permission: 'active', role: 'chair', section: 'Кордон' },
    { actor: 'mkrd22sova1m', permission: 'active', role: 'producer', section: '' },
  ]);
  expect((await app.inject('/api/acts/999')).statusCode).toBe(404);
});

it('counts what waits apart from what is final, then takes it in', async () => {
  const before = (await get<IndicatorsAnswer>(`/api/indicators?t=${LES}`)).rows[0]?.production.acts;
  const more: ShortAct[] = [['accept', '2026-10-10', 'potato', 10, 20, LES, LES, LES]];
  await region.appendTail(more);
  news.tell({ type: 'pending', block: region.committed() + 1, acts: 1 });
  const waiting = await get<IndicatorsAnswer>(`/api/indicators?t=${LES}`);
  expect([waiting.pending?.production, waiting.rows[0]?.production.acts]).toEqual([1, before]);
  expect((await app.inject('/api/acts/9')).json()).toMatchObject({ pending: { act: '9', kind: 'accept' } });
  await region.commit(more);
  news.tell({ type: 'final', block: region.committed(), time: '2026-10-20T12:00:00.000Z', acts: 1 });
  const after = await get<IndicatorsAnswer>(`/api/indicators?t=${LES}`);
  expect([after.pending?.production, after.rows[0]?.production.acts]).toEqual([
    0,
    String(Number(before) + 1),
  ]);
});

it.each([
  ['pr', 'nosuch'],
  ['g', 'nosuch'],
])('refuses a %s that nobody has registered, naming it', async (parameter, value) => {
  const answer = await app.inject(`/api/indicators?${parameter}=${value}`);
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ parameter });
});
