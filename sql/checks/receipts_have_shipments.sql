-- every shipment is received or lost whole, once, after it was sent, or not at all yet; a receipt taken back is as if it were not
with shipments as (
    select act_id, quantity, product
    from fact.flow
    where kind = 'ship'
),

arrivals as (
    select act_id, parent_act, kind, quantity, product, toInt64(1) as sign
    from fact.flow
    where kind = 'receive' or (kind = 'loss' and parent_act != 0)
    union all
    select reversal.act_id as act_id, arrival.parent_act as parent_act, arrival.kind as kind, reversal.quantity as quantity,
        reversal.product as product, toInt64(-1) as sign
    from fact.flow as reversal
    inner join fact.flow as arrival on arrival.act_id = reversal.parent_act
    where reversal.kind = 'reverse' and (arrival.kind = 'receive' or (arrival.kind = 'loss' and arrival.parent_act != 0))
),

completions as (
    select
        parent_act,
        sumIf(sign, kind = 'receive') as receipts,
        min(act_id) as first_act,
        sum(sign * quantity) as quantity,
        any(product) as product
    from arrivals
    group by parent_act
)

select completions.parent_act as shipment, completions.receipts as receipts, shipments.quantity as shipped, completions.quantity as arrived_or_lost
from completions
left join shipments on shipments.act_id = completions.parent_act
where shipments.act_id = 0
    or completions.first_act < shipments.act_id
    or completions.receipts not in (0, 1)
    or completions.quantity not in (0, shipments.quantity)
    or completions.product != shipments.product
