-- grain: one row per membership, as last registered
-- owner: marts
create or replace view mart.member as
select
    coop,
    account,
    section_id,
    status,
    decision_id
from chain.registry_logmember
order by global_sequence desc
limit 1 by coop, account
