import type { Warehouse } from '../../../warehouse/warehouse.ts';
import type { Group, Product, Territory } from '../wire.ts';

type Row = { oktmo: string; title: string; parents: [string, string][] };

/** Territories with their parents, the farthest first. A row of the tree is (ancestor, oktmo), itself included. */
const WITH_PARENTS = `
  with ancestors as (
    select tree.oktmo as oktmo, tree.ancestor as ancestor, t.title as title,
      count() over (partition by tree.ancestor) as reach
    from mart.territory_tree as tree
    inner join mart.territory as t on t.oktmo = tree.ancestor
  )
  select t.oktmo as oktmo, any(t.title) as title,
    arrayMap(a -> (a.2, a.3), arrayReverseSort(a -> a.1,
      groupArrayIf((ancestors.reach, ancestors.ancestor, ancestors.title), ancestors.ancestor != t.oktmo))) as parents
  from mart.territory as t
  inner join ancestors on ancestors.oktmo = t.oktmo`;

const toTerritory = ({ oktmo, title, parents }: Row): Territory => ({
  oktmo,
  title,
  parents: parents.map(([code, name]) => ({ oktmo: code, title: name })),
});

/** By part of the name (ё as е, any case) or by the first digits of the code; at most 20, names that begin so first. */
export async function searchTerritories(warehouse: Warehouse, search: string): Promise<Territory[]> {
  const rows = await warehouse.query<Row>(
    `${WITH_PARENTS}
     where startsWith(t.oktmo, {digits:String})
       or position(replaceAll(lowerUTF8(t.title), 'ё', 'е'), {needle:String}) > 0
     group by t.oktmo
     order by position(replaceAll(lowerUTF8(any(t.title)), 'ё', 'е'), {needle:String}) != 1, oktmo
     limit 20`,
    { needle: search.trim().toLowerCase().replaceAll('ё', 'е'), digits: search.replace(/\s/g, '') || ' ' },
  );
  return rows.map(toTerritory);
}

export async function findTerritory(warehouse: Warehouse, oktmo: string): Promise<Territory | null> {
  const rows = await warehouse.query<Row>(`${WITH_PARENTS} where t.oktmo = {oktmo:String} group by t.oktmo`, {
    oktmo,
  });
  return rows[0] ? toTerritory(rows[0]) : null;
}

export async function childTerritories(warehouse: Warehouse, oktmo: string) {
  return warehouse.query<{ oktmo: string; title: string }>(
    'select oktmo, title from mart.territory where parent = {oktmo:String} order by oktmo',
    { oktmo },
  );
}

/** The default territory: the one without a parent; of several, the one with most territories inside. */
export async function rootTerritory(warehouse: Warehouse): Promise<Territory | null> {
  const rows = await warehouse.query<{ oktmo: string }>(
    `select t.oktmo as oktmo
     from mart.territory as t
     left join mart.territory_tree as tree on tree.ancestor = t.oktmo
     where t.parent = ''
     group by t.oktmo
     order by count() desc, oktmo
     limit 1`,
  );
  return rows[0] ? findTerritory(warehouse, rows[0].oktmo) : null;
}

export async function listProducts(warehouse: Warehouse): Promise<{ products: Product[]; groups: Group[] }> {
  const [products, groups] = await Promise.all([
    warehouse.query<Product>(
      'select product, title, okpd2, basket_group as `group`, unit, unit_decimals as decimals from mart.product order by basket_group, title',
    ),
    warehouse.query<Group>(
      'select basket_group as `group`, title_ru as ru, title_en as en from mart.basket_group order by display_order',
    ),
  ]);
  return { products, groups };
}

async function isThere(warehouse: Warehouse, sql: string, code: string): Promise<boolean> {
  return (await warehouse.query(sql, { code })).length > 0;
}

export const hasGroup = (warehouse: Warehouse, code: string): Promise<boolean> =>
  isThere(warehouse, 'select 1 from mart.basket_group where basket_group = {code:String} limit 1', code);

export const hasProduct = (warehouse: Warehouse, code: string): Promise<boolean> =>
  isThere(warehouse, 'select 1 from mart.product where product = {code:String} limit 1', code);
