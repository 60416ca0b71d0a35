-- grain: one row per act of the lot {lot_id}, and per act in which a part of it became another lot ({is_onward})
-- owner: marts
-- A part becomes a lot of its own where a shipment is received, and part of a product where goods are processed.
create or replace view mart.lot_acts as
with onward as (
    select if(kind = 'ship', act_id, parent_act) as act_id, kind
    from fact.flow
    where lot_id = {lot_id:UInt64} and (kind = 'ship' or (kind = 'process' and status = 'used'))
)

select
    flow.act_id as act_id,
    flow.parent_act as parent_act,
    flow.kind as kind,
    flow.status as status,
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
    flow.block_num as block_num,
    flow.global_sequence as global_sequence
from fact.flow as flow
left join mart.territory as from_territory on from_territory.oktmo = flow.from_territory
left join mart.territory as to_territory on to_territory.oktmo = flow.to_territory
left join mart.point as from_point on from_point.point_id = flow.from_point
left join mart.point as to_point on to_point.point_id = flow.to_point
where flow.lot_id = {lot_id:UInt64}
    or (flow.kind = 'receive' and flow.parent_act in (select act_id from onward where kind = 'ship'))
    or (flow.kind = 'process' and flow.act_id in (select act_id from onward where kind = 'process'))
