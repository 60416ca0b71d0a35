-- grain: one row per pair of a territory and one that it lies in, itself included
-- owner: marts
-- again after: chain.registry_logterr
create or replace table mart.territory_tree (
    ancestor String,
    oktmo String
)
engine = MergeTree
order by (ancestor, oktmo)
as with recursive climb as (
    select oktmo, oktmo as ancestor, 0 as depth
    from mart.territory
    union all
    select climb.oktmo as oktmo, above.parent as ancestor, climb.depth + 1 as depth
    from climb
    inner join mart.territory as above on above.oktmo = climb.ancestor
    where above.parent != '' and climb.depth < 16
)

select distinct ancestor, oktmo
from climb
