-- fact.flow holds exactly the acts of the market logs: as many, and the same ones
-- on repeat
with logged as (
    select extract(_table, '^market_log(.*)$') as kind, count() as acts, sum(cityHash64(global_sequence, body.act_id, body.grams, body.value.amount)) as fingerprint
    from merge('chain', '^market_log(accept|ship|receive|loss|sellout|issue|return|process|count|reverse)$')
    group by kind
),

facts as (
    select toString(kind) as kind, count() as acts, sum(cityHash64(global_sequence, act_id, toUInt64(kg * 1000), toInt64(value_rub * 100))) as fingerprint
    from fact.flow
    group by kind
)

select
    if(logged.kind != '', logged.kind, facts.kind) as kind,
    logged.acts as logged_acts,
    facts.acts as fact_acts
from logged
full join facts on facts.kind = logged.kind
where logged.acts != facts.acts or logged.fingerprint != facts.fingerprint
