-- every lot: accepted (or received) = issued + shipped + sold + lost + stock, and stock is never below zero at any moment
-- A shortfall of a shipment was shipped before it was lost: a loss with a parent act does not leave the lot again.
with steps as (
    select
        lot_id,
        act_id,
        multiIf(
            kind in ('accept', 'receive'), quantity,
            kind in ('ship', 'issue', 'sellout') or (kind = 'loss' and parent_act = 0), -quantity,
            toDecimal128(0, 6)
        ) as change,
        kind in ('accept', 'receive') as is_entry
    from fact.flow
),

balance as (
    select
        lot_id,
        act_id,
        sum(change) over (partition by lot_id order by act_id rows between unbounded preceding and current row) as stock,
        sum(is_entry) over (partition by lot_id) as entries
    from steps
)

select lot_id, act_id, stock, entries
from balance
where stock < 0 or entries != 1
