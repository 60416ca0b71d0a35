-- mart.flow_day sums to the movements of fact.flow, at its full grain
-- on repeat
with recomputed as (
    select
        day, movement, left_territory, reached_territory, share.territory as origin_territory, share.evidence as evidence,
        producer_kind, recipient_kind, product, toInt64(count()) as acts, sum(share.kg) as kg, sum(share.value_rub) as value_rub
    from fact.flow
    array join shares as share
    group by day, movement, left_territory, reached_territory, origin_territory, evidence, producer_kind, recipient_kind, product
),

difference as (
    select
        day, movement, left_territory, reached_territory, origin_territory, evidence, producer_kind, recipient_kind, product,
        acts, kg, value_rub
    from recomputed
    union all
    select
        day, movement, left_territory, reached_territory, origin_territory, evidence, producer_kind, recipient_kind, product,
        -toInt64(acts) as acts, -kg as kg, -value_rub as value_rub
    from mart.flow_day
)

select
    day, movement, left_territory, reached_territory, origin_territory, evidence, producer_kind, recipient_kind, product,
    sum(acts) as acts_missing, sum(kg) as kg_missing, sum(value_rub) as rub_missing
from difference
group by day, movement, left_territory, reached_territory, origin_territory, evidence, producer_kind, recipient_kind, product
having acts_missing != 0 or kg_missing != 0 or rub_missing != 0
