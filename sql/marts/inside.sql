-- grain: one row per territory that lies in {territory}, itself included (also when the registry does not know it)
-- owner: marts
create or replace view mart.inside as
with recursive descent as (
    select {territory:String} as territory, 0 as depth
    union all
    select below.oktmo as territory, descent.depth + 1 as depth
    from descent
    inner join mart.territory as below on below.parent = descent.territory
    where descent.depth < 16
)
select distinct territory
from descent
