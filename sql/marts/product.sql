-- grain: one row per product that is goods, as last registered; services are exchanged, never moved
-- owner: marts
create or replace view mart.product as
with registered as (
    select product, title, okpd2, basket_group, toString(unit) as symbol, grams_per_unit, primary_ppm
    from chain.registry_logproduct
    order by global_sequence desc
    limit 1 by product
)

select
    product,
    title,
    okpd2,
    basket_group,
    splitByChar(',', symbol)[2] as unit,
    toUInt8OrZero(splitByChar(',', symbol)[1]) as unit_decimals,
    grams_per_unit,
    primary_ppm
from registered
where basket_group != 'service'
