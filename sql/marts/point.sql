-- grain: one row per point of the network, as last registered
-- owner: marts
create or replace view mart.point as
select
    point_id,
    section_id,
    coop,
    oktmo,
    title
from chain.registry_logpoint
order by global_sequence desc
limit 1 by point_id
