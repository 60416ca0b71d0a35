-- grain: one row per cooperative, as last registered
-- owner: marts
create or replace view mart.coop as
select
    coop,
    title,
    legal_form,
    `union`,
    oktmo
from chain.registry_logcoop
order by global_sequence desc
limit 1 by coop
