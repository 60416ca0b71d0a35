-- grain: one row per act that the act {act_id} names as its parent, or that names it
-- owner: marts
create or replace view mart.act_link as
select
    act_id,
    parent_act,
    kind,
    status,
    at,
    lot_id,
    product,
    quantity,
    unit,
    toBool(parent_act = {act_id:UInt64}) as is_after
from fact.flow
where parent_act = {act_id:UInt64}
    or act_id in (select parent_act from fact.flow where act_id = {act_id:UInt64} and parent_act != 0)
