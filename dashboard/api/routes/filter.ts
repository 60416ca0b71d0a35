import type { Warehouse } from '../../../warehouse/warehouse.ts';
import { previousPeriod, type Period } from '../../lib/filters/period.ts';
import { badParameter, notFound, nothingYet } from '../errors.ts';
import { periodOf, type FilterQuery } from '../params.ts';
import type { AsOf } from '../cache.ts';
import type { Filter } from '../queries/indicators.ts';
import { findTerritory, hasGroup, hasProduct, rootTerritory } from '../queries/territories.ts';
import type { Territory } from '../wire.ts';

export type Asked = {
  readonly filter: Filter;
  readonly before: Filter & { readonly period: Period };
  /** The part of the answer that says what was asked, defaults filled in. */
  readonly head: { territory: Territory; period: Period; filter: { group: string; product: string } };
};

/** Turns parameters into what the marts are asked by. 404 for an unknown territory, 400 for an impossible period, an unknown group or product, 503 before the first territory. */
export async function resolveFilter(warehouse: Warehouse, query: FilterQuery, asOf: AsOf): Promise<Asked> {
  const period = periodOf(query, (asOf.time ?? new Date().toISOString()).slice(0, 10));
  const territory = query.t ? await findTerritory(warehouse, query.t) : await rootTerritory(warehouse);
  if (!territory) throw query.t ? notFound(`Territory ${query.t}`) : nothingYet();
  const [group, product] = [query.g ?? '', query.pr ?? ''];
  if (group !== '' && !(await hasGroup(warehouse, group))) throw badParameter('g');
  if (product !== '' && !(await hasProduct(warehouse, product))) throw badParameter('pr');
  const filter = { territory: territory.oktmo, period, group, product };
  return {
    filter,
    before: { ...filter, period: previousPeriod(period) },
    head: { territory, period, filter: { group, product } },
  };
}
