-- grain: one row per origin of the act {act_id}, its share in millionths of the mass; an act of one origin has one row
-- owner: marts
create or replace view mart.act_origin as
with shares as (
    select arrayJoin(if(empty(origins), [(toString(origin_territory), evidence, toUInt32(1000000))], origins)) as share
    from fact.flow
    where act_id = {act_id:UInt64}
)

select
    share.1 as territory,
    territory.title as title,
    share.2 as evidence,
    share.3 as ppm
from shares
left join mart.territory as territory on territory.oktmo = share.1
