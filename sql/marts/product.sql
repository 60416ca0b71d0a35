-- grain: one row per product, as last registered
-- owner: marts
create or replace view mart.product as
select
    product,
    title,
    okpd2,
    basket_group,
    splitByChar(',', toString(registry_logproduct.unit))[2] as unit,
    toUInt8OrZero(toString(splitByChar(',', toString(registry_logproduct.unit))[1])) as unit_decimals,
    grams_per_unit,
    primary_ppm
from chain.registry_logproduct
order by global_sequence desc
limit 1 by product
