-- grain: one row per act of the lot {lot_id}, and per receipt in which a part of it became a lot of its own
-- owner: marts
-- {change} is what the act adds to the stock of {lot_id}: they sum to what is left. A loss with a parent act was shipped
-- before it was lost, so it changes no stock; nor does a receipt elsewhere ({is_onward}).
create or replace view mart.lot_acts as
with shipments as (
    select act_id
    from fact.flow
    where lot_id = {lot_id:UInt64} and kind = 'ship'
)

select
    flow.act_id as act_id,
    flow.parent_act as parent_act,
    flow.kind as kind,
    flow.at as at,
    flow.lot_id as lot_id,
    flow.quantity as quantity,
    flow.unit as unit,
    flow.from_territory as from_territory,
    from_territory.title as from_territory_title,
    from_point.title as from_point_title,
    flow.to_territory as to_territory,
    to_territory.title as to_territory_title,
    to_point.title as to_point_title,
    flow.lot_id != {lot_id:UInt64} as is_onward,
    multiIf(
        flow.lot_id != {lot_id:UInt64}, toDecimal128(0, 6),
        flow.kind in ('accept', 'receive'), flow.quantity,
        flow.kind in ('ship', 'issue', 'sellout') or flow.parent_act = 0, -flow.quantity,
        toDecimal128(0, 6)
    ) as change,
    flow.block_num as block_num,
    flow.global_sequence as global_sequence
from fact.flow as flow
left join mart.territory as from_territory on from_territory.oktmo = flow.from_territory
left join mart.territory as to_territory on to_territory.oktmo = flow.to_territory
left join mart.point as from_point on from_point.point_id = flow.from_point
left join mart.point as to_point on to_point.point_id = flow.to_point
where flow.lot_id = {lot_id:UInt64}
    or (flow.kind = 'receive' and flow.parent_act in (select act_id from shipments))
