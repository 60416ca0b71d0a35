-- grain: one row per pair of a territory and one of its ancestors, itself included
-- owner: marts
create or replace view mart.territory_tree as
with recursive climb as (
    select oktmo, oktmo as ancestor, parent, 0 as depth
    from mart.territory
    union all
    select climb.oktmo as oktmo, above.oktmo as ancestor, above.parent as parent, climb.depth + 1 as depth
    from climb
    inner join mart.territory as above on above.oktmo = climb.parent
    where climb.depth < 16
)
select distinct ancestor, oktmo
from climb
