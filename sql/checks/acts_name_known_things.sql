-- every act names a registered product, and territories that are registered or countries
with named as (
    select act_id, product, arrayJoin(arrayConcat([from_territory, to_territory, origin_territory], origins.territory)) as territory
    from fact.flow
)

select act_id, product, territory
from named
where product not in (select product from mart.product)
    or (length(territory) > 2 and territory not in (select oktmo from mart.territory))
