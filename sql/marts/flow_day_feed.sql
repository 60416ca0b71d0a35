-- grain: feed of mart.flow_day; a shipment counts when it is received, so ship and loss are not movements here
-- owner: marts
create materialized view mart.flow_day_from_flow to mart.flow_day as
select
    day,
    kind,
    from_territory,
    to_territory,
    origin_territory,
    evidence,
    producer_kind,
    recipient_kind,
    product,
    count() as acts,
    sum(kg) as kg,
    sum(value_rub) as value_rub
from fact.flow
where kind in ('accept', 'receive', 'sellout', 'issue')
group by day, kind, from_territory, to_territory, origin_territory, evidence, producer_kind, recipient_kind, product
