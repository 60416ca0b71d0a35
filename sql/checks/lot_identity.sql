-- every lot is entered once, and no part of it (stock, shipped, issued, sold, processed, lost) is below zero at any moment
-- An act takes from one part what it adds to another, so the parts sum to what entered.
with steps as (
    select lot_id, act_id, part, sum(change) over (partition by lot_id, part order by act_id rows between unbounded preceding and current row) as amount
    from mart.lot_part
),

entries as (
    select lot_id, countIf(kind in ('accept', 'receive') or status = 'made') as entries
    from fact.flow
    where kind != 'reverse'
    group by lot_id
)

select lot_id, act_id, part, toString(amount) as found
from steps
where amount < 0
union all
select lot_id, toUInt64(0) as act_id, 'entries' as part, toString(entries) as found
from entries
where entries != 1
