-- grain: one row per month with an act ({territory}, {first_day}..{last_day}; '' = all groups, all products)
-- owner: marts
-- A month without acts has no row: no data is not zero. kg only when one group or one product is asked for.
create or replace view mart.indicators_monthly as
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
from mart.flow_indicator(
    territory = {territory:String},
    first_day = {first_day:Date},
    last_day = {last_day:Date},
    basket_group = {basket_group:String},
    product = {product:String}
)
group by month
order by month
