-- grain: total, one row per basket group, one row per product ({territory}, {first_day}..{last_day}; '' = all groups, all products)
-- owner: marts
-- Tonnes are never added across groups: kg is null at the level `total`. A territory without any act gives no row.
create or replace view mart.indicators as
with goods as (
    select product, basket_group
    from mart.product
)

select
    multiIf(grouping(goods.basket_group) = 1, 'total', grouping(flow.product) = 1, 'group', 'product') as level,
    goods.basket_group as basket_group,
    flow.product as product,
    if(level = 'total', null, sumIf(kg, indicator = 'production')) as production_kg,
    sumIf(value_rub, indicator = 'production') as production_rub,
    sumIf(acts, indicator = 'production') as production_acts,
    if(level = 'total', null, sumIf(kg, indicator = 'outflow')) as outflow_kg,
    sumIf(value_rub, indicator = 'outflow') as outflow_rub,
    sumIf(acts, indicator = 'outflow') as outflow_acts,
    if(level = 'total', null, sumIf(kg, indicator = 'consumption')) as consumption_kg,
    sumIf(value_rub, indicator = 'consumption') as consumption_rub,
    sumIf(acts, indicator = 'consumption') as consumption_acts,
    if(level = 'total', null, sumIf(kg, indicator = 'local')) as local_kg,
    sumIf(value_rub, indicator = 'local') as local_rub,
    sumIf(acts, indicator = 'local') as local_acts,
    if(level = 'total', null, sumIf(kg, indicator = 'brought')) as brought_kg,
    sumIf(value_rub, indicator = 'brought') as brought_rub,
    sumIf(acts, indicator = 'brought') as brought_acts,
    if(level = 'total', null, sumIf(kg, indicator = 'unknown_origin')) as unknown_origin_kg,
    sumIf(value_rub, indicator = 'unknown_origin') as unknown_origin_rub,
    sumIf(acts, indicator = 'unknown_origin') as unknown_origin_acts,
    if(level = 'total', null, sumIf(kg, indicator = 'inflow')) as inflow_kg,
    sumIf(value_rub, indicator = 'inflow') as inflow_rub,
    sumIf(acts, indicator = 'inflow') as inflow_acts,
    if(level = 'total', null, sumIf(kg, indicator = 'outflow_all')) as outflow_all_kg,
    sumIf(value_rub, indicator = 'outflow_all') as outflow_all_rub,
    sumIf(acts, indicator = 'outflow_all') as outflow_all_acts
from mart.flow_indicator(
    territory = {territory:String},
    first_day = {first_day:Date},
    last_day = {last_day:Date},
    basket_group = {basket_group:String},
    product = {product:String}
) as flow
left join goods on goods.product = flow.product
group by grouping sets ((), (goods.basket_group), (goods.basket_group, flow.product))
having count() > 0
order by level = 'product', level = 'group', basket_group, product
