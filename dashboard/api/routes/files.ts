import { Readable } from 'node:stream';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../context.ts';
import { csvLine, type Cell, type CsvDialect, DIALECTS } from '../csv.ts';
import { INDICATORS } from '../../lib/filters/indicator.ts';
import { ActsFileQuery, cursorOf, FilterFileQuery, recordsAsked } from '../params.ts';
import { readActs } from '../queries/acts.ts';
import { readIndicators } from '../queries/indicators.ts';
import type { ActRow, IndicatorRow } from '../wire.ts';
import { resolveFilter } from './filter.ts';

const PAGE = 500;

function indicatorCells(row: IndicatorRow): Cell[] {
  return [
    row.level,
    row.group,
    row.product,
    ...INDICATORS.flatMap((name) => {
      const { kg, rub, acts } = row[name];
      return [{ number: kg }, { number: rub }, { number: acts }];
    }),
  ];
}
const INDICATOR_HEAD = [
  'level',
  'group',
  'product',
  ...INDICATORS.flatMap((x) => [`${x}_kg`, `${x}_rub`, `${x}_acts`]),
];

const ACT_HEAD = [
  'act',
  'kind',
  'status',
  'at',
  'product',
  'product_title',
  'quantity',
  'act_quantity',
  'unit',
  'kg',
  'rub',
  'from',
  'from_title',
  'to',
  'to_title',
  'origin',
  'origin_title',
  'origins',
  'evidence',
  'block',
  'sequence',
];
const actCells = (row: ActRow): Cell[] => [
  row.act,
  row.kind,
  row.status,
  row.at,
  row.product,
  row.productTitle,
  { number: row.quantity },
  { number: row.actQuantity },
  row.unit,
  { number: row.kg },
  { number: row.rub },
  row.from,
  row.fromTitle,
  row.to,
  row.toTitle,
  row.origin,
  row.originTitle,
  String(row.origins),
  String(row.evidence),
  String(row.block),
  row.sequence,
];

function attach(reply: FastifyReply, name: string, dialect: CsvDialect, asOf: number) {
  return reply
    .header('content-type', `text/csv; charset=utf-8; header=present`)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('x-as-of-block', String(asOf))
    .header('x-csv-separator', dialect.separator);
}

/** The figures and the records as files: the same filters, every row. */
export async function fileRoutes(instance: FastifyInstance, { warehouse, status }: Context): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const asOfNow = () => ({ block: status().indexer.committed, time: status().indexer.committedTime });

  app.get('/api/indicators.csv', { schema: { querystring: FilterFileQuery } }, async (request, reply) => {
    const { lang = 'ru', ...query } = request.query;
    const asOf = asOfNow();
    const { filter } = await resolveFilter(warehouse, query, asOf);
    const dialect = DIALECTS[lang];
    const rows = (await readIndicators(warehouse, filter)).map(indicatorCells);
    const body = [INDICATOR_HEAD, ...rows].map((row) => csvLine(row, dialect)).join('');
    return attach(reply, `indicators-${filter.territory}-${asOf.block}.csv`, dialect, asOf.block).send(
      dialect.mark + body,
    );
  });

  app.get('/api/acts.csv', { schema: { querystring: ActsFileQuery } }, async (request, reply) => {
    const { lang = 'ru', i, k, ...query } = request.query;
    const records = recordsAsked({ i, k });
    const asOf = asOfNow();
    const { filter } = await resolveFilter(warehouse, query, asOf);
    const dialect = DIALECTS[lang];
    async function* lines() {
      yield dialect.mark + csvLine(ACT_HEAD, dialect);
      for (let after = cursorOf(undefined); ;) {
        const { acts, next } = await readActs(warehouse, filter, records, { after, limit: PAGE }, asOf.block);
        yield acts.map((act) => csvLine(actCells(act), dialect)).join('');
        if (next === null) return;
        after = cursorOf(next);
      }
    }
    const name = `acts-${records.kind || records.indicator}-${filter.territory}-${asOf.block}.csv`;
    return attach(reply, name, dialect, asOf.block).send(Readable.from(lines()));
  });
  await Promise.resolve();
}
