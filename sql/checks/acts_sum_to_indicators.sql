-- the acts behind an indicator sum to the indicator, in every product
-- for: select oktmo as territory, arrayJoin(['production', 'outflow', 'consumption', 'local', 'brought', 'unknown_origin', 'inflow', 'outflow_all']) as indicator from mart.territory order by cityHash64(oktmo, indicator) limit 24
with opened as (
    select product, toInt64(1) as acts, kg, value_rub
    from mart.acts(
        territory = {territory:String}, first_day = '1970-01-01', last_day = '2149-01-01', basket_group = '', product = '',
        indicator = {indicator:String}
    )
),

figures as (
    select product, arrayJoin([
        ('production', toInt64(production_acts), assumeNotNull(production_kg), production_rub),
        ('outflow', toInt64(outflow_acts), assumeNotNull(outflow_kg), outflow_rub),
        ('consumption', toInt64(consumption_acts), assumeNotNull(consumption_kg), consumption_rub),
        ('local', toInt64(local_acts), assumeNotNull(local_kg), local_rub),
        ('brought', toInt64(brought_acts), assumeNotNull(brought_kg), brought_rub),
        ('unknown_origin', toInt64(unknown_origin_acts), assumeNotNull(unknown_origin_kg), unknown_origin_rub),
        ('inflow', toInt64(inflow_acts), assumeNotNull(inflow_kg), inflow_rub),
        ('outflow_all', toInt64(outflow_all_acts), assumeNotNull(outflow_all_kg), outflow_all_rub)
    ]) as figure
    from mart.indicators(
        territory = {territory:String}, first_day = '1970-01-01', last_day = '2149-01-01', basket_group = '', product = ''
    )
    where level = 'product'
),

shown as (
    select product, -figure.2 as acts, -figure.3 as kg, -figure.4 as value_rub
    from figures
    where figure.1 = {indicator:String}
),

difference as (
    select product, acts, kg, value_rub
    from opened
    union all
    select product, acts, kg, value_rub
    from shown
)

select product, sum(acts) as acts_missing, sum(kg) as kg_missing, sum(value_rub) as rub_missing
from difference
group by product
having acts_missing != 0 or kg_missing != 0 or rub_missing != 0
