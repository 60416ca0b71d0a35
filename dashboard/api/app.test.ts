import { afterEach, describe, expect, it } from 'vitest';
import type { Params } from '../../warehouse/warehouse.ts';
import { INDICATORS } from '../lib/filters/indicator.ts';
import { createApi, type App } from './app.ts';
import type { SystemStatus } from './status.ts';
import { fakeWarehouse, liveStatus, newsroom, type Answers } from './testing/fake.ts';
import type { ActsAnswer, IndicatorsAnswer, Refusal } from './wire.ts';

const district = { oktmo: '02614000', title: 'Лесной район', parents: [['02000000', 'Заречная область']] };
const figures = (rub: string, kg: string | null) =>
  Object.fromEntries(
    INDICATORS.flatMap((x) => [
      [`${x}_kg`, kg],
      [`${x}_rub`, rub],
      [`${x}_acts`, '3'],
    ]),
  );
const total = {
  level: 'total',
  basket_group: '',
  product: '',
  ...figures('90071992547409931.25', null),
  local_share: '48.4',
  brought_share: '40.2',
  unknown_origin_share: '11.4',
};
const act = {
  act: '7',
  kind: 'accept',
  status: 'instock',
  parent: '0',
  at: '2026-10-01 10:00:00.000',
  product: 'potato',
  productTitle: 'Картофель',
  quantity: '1240.000',
  actQuantity: '1240.000',
  unit: 'KG',
  kg: '1240.000',
  rub: '24180.00',
  from: '02614000',
  fromTitle: 'Лесной район',
  to: '02614000',
  toTitle: 'Лесной район',
  origin: '02614000',
  originTitle: 'Лесной район',
  origins: 0,
  evidence: 2,
  block: 990,
  sequence: '18446744073709551001',
};

let version = 900;
const answers: Answers = [
  [/max\(block_num\)/, () => [{ block: version }]],
  [
    /where t\.oktmo = /,
    ({ oktmo }: Params) => (oktmo === district.oktmo || oktmo === '02000000' ? [{ ...district, oktmo }] : []),
  ],
  [/where t\.parent = ''/, () => [{ oktmo: '02000000' }]],
  [/startsWith/, () => [district]],
  [
    /from mart\.pending_indicators/,
    () => [
      { indicator: 'production', acts: '2' },
      { indicator: 'consumption', acts: '1' },
    ],
  ],
  [/mart\.indicators\(/, () => [total]],
  [/from mart\.indicators_monthly/, () => [{ ...total, from: '2026-10-01' }]],
  [/toString\(count\(\)\)/, () => [{ kg: null, rub: '24180.00', acts: '2' }]],
  [
    /mart\.(kind_)?acts/,
    ({ limit }: Params) =>
      Array.from({ length: Math.min(Number(limit), 2) }, (_, n) => ({
        ...act,
        act: String(7 - n),
        sequence: String(100 - n),
      })),
  ],
];

let app: App | undefined;
afterEach(async () => app?.close());

function start(status: SystemStatus = liveStatus, more: Answers = []) {
  const { warehouse, asked } = fakeWarehouse([...more, ...answers]);
  const news = newsroom();
  app = createApi({ warehouse, status: () => status, subscribe: news.subscribe });
  const get = async (url: string, headers = {}) => {
    const answer = await app?.inject({ url, headers });
    if (!answer) throw new Error('no app');
    return answer;
  };
  return { get, asked, news };
}

describe('indicators', () => {
  it('carry exact text, the as-of block, defaults filled in and what waits', async () => {
    const answer = (await start().get('/api/indicators')).json<IndicatorsAnswer>();
    expect(answer.asOf).toEqual({ block: 1000, time: liveStatus.indexer.committedTime });
    expect(answer.territory.oktmo).toBe('02000000');
    expect(answer.period).toMatchObject({ key: '', first: '2025-11-01', last: '2026-10-31' });
    expect(answer.previous.period.key).toBe('2024-11-01..2025-10-31');
    expect(answer.rows[0]?.production).toEqual({ kg: null, rub: '90071992547409931.25', acts: '3' });
    expect(answer.rows[0]?.share).toEqual({ local: '48.4', brought: '40.2', unknown: '11.4' });
    expect(answer.pending).toEqual({ production: 2, outflow: 0, consumption: 1 });
  });

  it('are asked once for a version of the data, and again after it', async () => {
    const { get, asked } = start();
    const count = () => asked.filter(({ sql }) => sql.includes('mart.indicators(')).length;
    await get('/api/indicators?t=02614000');
    await get('/api/indicators?t=02614000');
    expect(count()).toBe(2);
    version += 1;
    await get('/api/indicators?t=02614000');
    expect(count()).toBe(4);
  });

  it('count what waits once, until news of the tails come', async () => {
    const { get, asked, news } = start();
    const count = () => asked.filter(({ sql }) => sql.includes('from mart.pending')).length;
    await get('/api/indicators?t=02614000');
    await get('/api/indicators?t=02614000');
    news.tell({ type: 'status' });
    await get('/api/indicators?t=02614000');
    expect(count()).toBe(1);
    news.tell({ type: 'pending', block: 1001, acts: 1 });
    await get('/api/indicators?t=02614000');
    expect(count()).toBe(2);
    await app?.close();
    expect(news.listeners.size).toBe(0);
  });

  it('answer 304 to a reader who has this version', async () => {
    const { get } = start();
    const { headers } = await get('/api/indicators/monthly?p=2026-Q3');
    const again = await get('/api/indicators/monthly?p=2026-Q3', { 'if-none-match': headers.etag });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('stay, marked stale with their own as-of, while the warehouse is away', async () => {
    let away = false;
    const down: Answers = [
      [
        /./,
        () => {
          throw Object.assign(new Error('connection refused'), { name: 'WarehouseError' });
        },
      ],
    ];
    const { warehouse } = fakeWarehouse(answers);
    const broken = fakeWarehouse(down).warehouse;
    app = createApi({
      warehouse: {
        ...warehouse,
        query: async (sql, params) => (away ? broken : warehouse).query(sql, params),
      },
      status: () => liveStatus,
      subscribe: newsroom().subscribe,
    });
    await app.inject('/api/indicators');
    away = true;
    const stale = (await app.inject('/api/indicators')).json<IndicatorsAnswer>();
    expect(stale).toMatchObject({ stale: true, asOf: { block: 1000 }, pending: null });
    const other = await app.inject('/api/indicators?p=2024');
    expect(other.statusCode).toBe(503);
    expect(other.body).not.toContain('connection refused');
  });
});

it.each(['/api/indicators', '/api/indicators?t=x', '/healthz', '/api/openapi.json', '/api/nothing'])(
  '%s may not run, be framed or be taken for another type',
  async (url) => {
    const { headers } = await start().get(url);
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /^default-src 'none';.* frame-ancestors 'none'$/,
      ) as string,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    });
  },
);

it('gives its figures to Prometheus, without what an error says', async () => {
  const status = { ...liveStatus, phase: 'failed' as const, error: 'wss://node.example/KEY is away' };
  const answer = await start(status).get('/metrics');
  expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(answer.body).toContain('zakroma_phase{phase="failed"} 1\n');
  expect(answer.body).toContain('zakroma_indexer_committed_block 1000\n');
  expect(answer.body).toContain('zakroma_indexer_tail_blocks 3\n');
  expect(answer.body).not.toMatch(/KEY|node\.example/);
});

describe('a refusal', () => {
  it.each([
    ['/api/indicators?t=abc', 't'],
    ['/api/indicators?t=02614000&t=02628000', 't'],
    ['/api/indicators?p=2026-13', 'p'],
    ['/api/indicators?p=2026-02-30..2026-03-01', 'p'],
    ["/api/indicators?g='%20or%201%3D1", 'g'],
    ['/api/indicators?territory=02614000', 'territory'],
    ['/api/indicators?p=2026-02-31', 'p'],
    ['/api/indicators?p=2026-02-31..2026-03-01', 'p'],
    ['/api/indicators?p=2026-03-02..2026-03-01', 'p'],
    ['/api/indicators?p=0001', 'p'],
    ['/api/indicators?p=0001-01', 'p'],
    ['/api/indicators?p=9999', 'p'],
    ['/api/indicators?p=0001-01-01..2026-03-01', 'p'],
    ['/api/indicators?p=2026&p=2025', 'p'],
    ['/api/indicators?t=', 't'],
    [`/api/indicators?pr=${'x'.repeat(3000)}`, 'pr'],
    [`/api/indicators?${'x'.repeat(3000)}=1`, 'x'.repeat(40)],
    ['/api/acts?i=hunger', 'i'],
    ['/api/acts?i=local&i=brought', 'i'],
    ["/api/acts?i=local'--", 'i'],
    ['/api/acts?after=99999999999.1', 'after'],
    ['/api/acts?after=1.99999999999999999999', 'after'],
    ["/api/acts.csv?lang=ru'", 'lang'],
    ['/api/acts?limit=0', 'limit'],
    ['/api/acts?limit=1e9', 'limit'],
    ['/api/acts?after=1', 'after'],
    ['/api/acts/0', 'id'],
    ['/api/acts/99999999999999999999', 'id'],
    ['/api/territories/12', 'oktmo'],
    [`/api/territories?q=${'x'.repeat(101)}`, 'q'],
  ])('%s names %s and what is expected', async (url, parameter) => {
    const answer = await start().get(url);
    const body = answer.json<Refusal>();
    expect([answer.statusCode, body.error, body.parameter]).toEqual([400, 'bad-parameter', parameter]);
    expect(body.message).toMatch(new RegExp(`Parameter "${parameter}": expected .+`));
  });

  it('of an unknown territory or address is 404', async () => {
    const { get } = start();
    expect((await get('/api/indicators?t=99999999')).json()).toMatchObject({ error: 'not-found' });
    expect((await get('/api/nothing')).statusCode).toBe(404);
  });

  const building = { error: 'building', progress: { done: 3, total: 10, label: 'acts' } };
  const { progress } = building;
  it.each([
    ['starting', 0, '/api/indicators', 503],
    ['starting', 1000, '/api/indicators', 200],
    ['building', 1000, '/api/indicators', 503],
    ['building', 1000, '/api/territories', 503],
    ['building', 1000, '/api/acts.csv', 503],
    ['catching-up', 1000, '/api/indicators', 200],
    ['catching-up', 1000, '/api/indicators?t=99999999', 503],
    ['live', 1000, '/api/indicators?t=99999999', 404],
  ] as const)('while %s, with block %i committed: %s is %i', async (phase, committed, url, expected) => {
    const indexer = { ...liveStatus.indexer, committed };
    const answer = await start({ ...liveStatus, phase, progress, indexer }).get(url);
    expect(answer.statusCode).toBe(expected);
    if (expected !== 503) return;
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.json()).toMatchObject(building);
  });

  it('before the first territory is 503, not a missing page', async () => {
    const answer = await start(liveStatus, [[/where t\.parent = ''/, () => []]]).get('/api/indicators');
    expect([answer.statusCode, answer.json<Refusal>().error]).toEqual([503, 'building']);
  });
});

describe('records', () => {
  it('come in pages with a cursor, and with the total of all of them', async () => {
    const { get, asked } = start();
    const answer = (await get('/api/acts?i=local&limit=1')).json<ActsAnswer>();
    expect(answer.total).toEqual({ kg: null, rub: '24180.00', acts: '2' });
    expect(answer.acts).toHaveLength(1);
    expect(answer.next).toBe('990.100');
    await get('/api/acts?i=local&limit=1&after=990.100');
    expect(
      asked
        .filter(({ sql }) => sql.includes('mart.acts'))
        .every(({ params }) => params['indicator'] === 'local'),
    ).toBe(true);
    expect(
      asked.some(({ params }) => params['after_block'] === 990 && params['after_sequence'] === '100'),
    ).toBe(true);
  });

  it('of a kind are asked by the kind, and never beside an indicator', async () => {
    const { get, asked } = start();
    const answer = (await get('/api/acts?k=return')).json<ActsAnswer>();
    expect([answer.kind, answer.indicator]).toEqual(['return', '']);
    expect(asked.find(({ sql }) => sql.includes('mart.kind_acts('))?.params['kind']).toBe('return');
    const refused = await get('/api/acts?k=return&i=local');
    expect([refused.statusCode, refused.json<Refusal>().parameter]).toEqual([400, 'k']);
    expect((await get('/api/acts.csv?k=barter')).json<Refusal>().parameter).toBe('k');
  });

  it('and names are values, never SQL', async () => {
    const { get, asked } = start();
    const evil = "x' union all select 1 --";
    expect((await get(`/api/territories?q=${encodeURIComponent(evil)}`)).statusCode).toBe(200);
    expect(asked.at(-1)?.params['needle']).toBe(evil);
    expect(asked.every(({ sql }) => !sql.includes('union all select 1'))).toBe(true);
  });

  it('go into a file whole, in the dialect of its reader', async () => {
    const { get } = start();
    const file = await get('/api/acts.csv?lang=ru');
    expect(file.headers['content-type']).toContain('text/csv');
    expect(file.body.split('\r\n')[1]).toContain('Картофель;1240,000;1240,000;KG;1240,000;24180,00');
    expect((await get('/api/indicators.csv?lang=en')).body.split('\r\n')[1]).toContain(
      'total,,,,90071992547409931.25,3',
    );
  });
});

it('describes itself as OpenAPI', async () => {
  const spec = (await start().get('/api/openapi.json')).json<{ paths: Record<string, unknown> }>();
  expect(Object.keys(spec.paths)).toEqual(
    expect.arrayContaining(['/api/indicators', '/api/acts/{id}', '/api/events']),
  );
});

it('hands other paths to the pages, with a way to the API that needs no port', async () => {
  const { warehouse } = fakeWarehouse(answers);
  app = createApi({
    warehouse,
    status: () => liveStatus,
    subscribe: newsroom().subscribe,
    page: async (request, response) => {
      const call = Reflect.get(request, Symbol.for('zakroma.api')) as (
        url: string,
        headers: object,
      ) => Promise<{ status: number }>;
      response.end(`page ${request.url ?? ''} ${(await call('/api/status', {})).status}`);
    },
  });
  expect((await app.inject('/records?t=1')).body).toBe('page /records?t=1 200');
  expect((await app.inject('/api/none')).statusCode).toBe(404);
});
