-- grain: feed of mart.flow_day: movements, one row per origin of an act; acts that move nothing have no share
-- owner: marts
create materialized view mart.flow_day_from_flow to mart.flow_day as
select
    day,
    movement,
    left_territory,
    reached_territory,
    share.territory as origin_territory,
    arrayMap(before -> toString(before.territory), arraySlice(shares, 1, number - 1)) as earlier,
    share.evidence as evidence,
    producer_kind,
    recipient_kind,
    product,
    count() as acts,
    sum(share.kg) as kg,
    sum(share.value_rub) as value_rub
from fact.flow
array join shares as share, arrayEnumerate(shares) as number
group by
    day, movement, left_territory, reached_territory, origin_territory, earlier, evidence, producer_kind, recipient_kind, product
