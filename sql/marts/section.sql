-- grain: one row per cooperative section, as last registered
-- owner: marts
create or replace view mart.section as
select
    section_id,
    coop,
    kind,
    title,
    chair
from chain.registry_logsection
order by global_sequence desc
limit 1 by section_id
