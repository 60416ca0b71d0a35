-- grain: one row per act and part of its lot that the act changes: stock, shipped, issued, sold, processed, lost
-- owner: marts
-- The parts of a lot sum to what entered it. A reversal goes the way of the act that it takes back, turned round.
create or replace view mart.lot_part as
with reversed as (
    select act_id, lot_way(kind, status, parent_act) as way
    from fact.flow
    where act_id in (select parent_act from fact.flow where kind = 'reverse')
),

moved as (
    select
        flow.lot_id as lot_id,
        flow.act_id as act_id,
        flow.kind as kind,
        flow.quantity as quantity,
        if(flow.kind = 'reverse', reversed.way, lot_way(flow.kind, flow.status, flow.parent_act)) as way,
        if(flow.kind = 'reverse', -1, 1) as sign
    from fact.flow as flow
    left join reversed on reversed.act_id = flow.parent_act
)

select
    lot_id,
    act_id,
    kind,
    step.1 as part,
    step.2 as change
from moved
array join [(way.1, -sign * quantity), (way.2, sign * quantity)] as step
where step.1 != ''
