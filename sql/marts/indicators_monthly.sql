-- grain: one row per month with an act ({territory}, {first_day}..{last_day}; '' = all groups, all products)
-- owner: marts
-- A month without acts has no row: no data is not zero. kg only when one group or one product is asked for.
create or replace view mart.indicators_monthly as
with inside as (
    select territory
    from mart.inside(territory = {territory:String})
),

goods as (
    select product, basket_group
    from mart.product
),

-- Which ends lie in the territory: a step of its own, so that the set of territories is made once.
placed as (
    select
        flow.day as day,
        flow.kind as kind,
        flow.recipient_kind as recipient_kind,
        flow.from_territory != '' as is_from_known,
        flow.to_territory != '' as is_to_known,
        flow.origin_territory != '' as is_origin_known,
        arrayMap(
            place -> place in (select territory from inside),
            [flow.from_territory, flow.to_territory, flow.origin_territory]
        ) as is_inside,
        goods.basket_group as basket_group,
        flow.product as product,
        flow.acts as acts,
        flow.kg as kg,
        flow.value_rub as value_rub
    from mart.flow_day as flow
    left join goods on goods.product = flow.product
    where flow.day between {first_day:Date} and {last_day:Date}
        and ({product:String} = '' or flow.product = {product:String})
        and ({basket_group:String} = '' or goods.basket_group = {basket_group:String})
),

-- One row per movement group and indicator that it belongs to.
classified as (
    select
        day,
        basket_group,
        product,
        acts,
        kg,
        value_rub,
        arrayJoin(flow_indicators(
            kind,
            recipient_kind,
            is_inside[1],
            is_from_known,
            is_inside[2],
            is_to_known,
            is_inside[3],
            is_origin_known
        )) as indicator
    from placed
)

select
    toStartOfMonth(day) as month,
    if({basket_group:String} = '' and {product:String} = '', null, sumIf(kg, indicator = 'production')) as production_kg,
    sumIf(value_rub, indicator = 'production') as production_rub,
    sumIf(acts, indicator = 'production') as production_acts,
    if({basket_group:String} = '' and {product:String} = '', null, sumIf(kg, indicator = 'outflow')) as outflow_kg,
    sumIf(value_rub, indicator = 'outflow') as outflow_rub,
    sumIf(acts, indicator = 'outflow') as outflow_acts,
    if({basket_group:String} = '' and {product:String} = '', null, sumIf(kg, indicator = 'consumption')) as consumption_kg,
    sumIf(value_rub, indicator = 'consumption') as consumption_rub,
    sumIf(acts, indicator = 'consumption') as consumption_acts,
    if({basket_group:String} = '' and {product:String} = '', null, sumIf(kg, indicator = 'local')) as local_kg,
    sumIf(value_rub, indicator = 'local') as local_rub,
    sumIf(acts, indicator = 'local') as local_acts,
    if({basket_group:String} = '' and {product:String} = '', null, sumIf(kg, indicator = 'brought')) as brought_kg,
    sumIf(value_rub, indicator = 'brought') as brought_rub,
    sumIf(acts, indicator = 'brought') as brought_acts,
    if({basket_group:String} = '' and {product:String} = '', null, sumIf(kg, indicator = 'unknown_origin')) as unknown_origin_kg,
    sumIf(value_rub, indicator = 'unknown_origin') as unknown_origin_rub,
    sumIf(acts, indicator = 'unknown_origin') as unknown_origin_acts,
    if({basket_group:String} = '' and {product:String} = '', null, sumIf(kg, indicator = 'inflow')) as inflow_kg,
    sumIf(value_rub, indicator = 'inflow') as inflow_rub,
    sumIf(acts, indicator = 'inflow') as inflow_acts,
    if({basket_group:String} = '' and {product:String} = '', null, sumIf(kg, indicator = 'outflow_all')) as outflow_all_kg,
    sumIf(value_rub, indicator = 'outflow_all') as outflow_all_rub,
    sumIf(acts, indicator = 'outflow_all') as outflow_all_acts
from classified
group by month
order by month
