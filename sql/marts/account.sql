-- grain: one row per account; no personal data, not even its hash, as last registered
-- owner: marts
create or replace view mart.account as
select
    account,
    kind,
    residence
from chain.registry_logaccount
order by global_sequence desc
limit 1 by account
