-- every receipt completes an earlier shipment, once; shipped = received + lost
with shipments as (
    select act_id, quantity, product
    from fact.flow
    where kind = 'ship'
),

completions as (
    select
        parent_act,
        countIf(kind = 'receive') as receipts,
        min(act_id) as first_act,
        sum(quantity) as quantity,
        any(product) as product
    from fact.flow
    where kind = 'receive' or (kind = 'loss' and parent_act != 0)
    group by parent_act
)

select completions.parent_act as shipment, completions.receipts as receipts, shipments.quantity as shipped, completions.quantity as arrived_or_lost
from completions
left join shipments on shipments.act_id = completions.parent_act
where shipments.act_id = 0
    or completions.first_act < shipments.act_id
    or completions.receipts != 1
    or completions.quantity != shipments.quantity
    or completions.product != shipments.product
