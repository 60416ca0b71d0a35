-- consumption = local + brought in + unknown origin, in kg and roubles, at every level
-- An act of several origins is one act of each of them, so acts do not add.
-- for: select oktmo as territory from mart.territory order by cityHash64(oktmo) limit 200
select level, basket_group, product, consumption_acts, consumption_rub, local_rub, brought_rub, unknown_origin_rub
from mart.indicators(
    territory = {territory:String}, first_day = '1970-01-01', last_day = '2149-01-01', basket_group = '', product = ''
)
where consumption_acts > local_acts + brought_acts + unknown_origin_acts
    or consumption_rub != local_rub + brought_rub + unknown_origin_rub
    or consumption_kg != local_kg + brought_kg + unknown_origin_kg
