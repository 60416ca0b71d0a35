-- grain: one row per territory (OKTMO), as last registered
-- owner: marts
create or replace view mart.territory as
select
    oktmo,
    parent,
    title,
    valid_from,
    valid_to,
    successor
from chain.registry_logterr
order by global_sequence desc
limit 1 by oktmo
