-- grain: one row per act behind an indicator of {territory}, {first_day}..{last_day} ('' = all groups, all products)
-- owner: marts
-- {indicator}: production, outflow, consumption, local, brought, unknown_origin, inflow, outflow_all; '' = any.
-- `quantity`, `kg` and `value_rub` are what the act adds to the indicator: less than the act (`act_quantity`) when only some of
-- its origins belong to it, below zero when it takes back. Summed, these rows are mart.indicators; a check holds the two together.
create or replace view mart.acts as
with
    flow.left_territory = {territory:String}
        or flow.left_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_left_inside,
    flow.reached_territory = {territory:String}
        or flow.reached_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_reached_inside,
    arrayMap(
        origin -> flow_indicators(
            flow.movement,
            flow.recipient_kind,
            is_left_inside,
            flow.left_territory != '',
            is_reached_inside,
            flow.reached_territory != '',
            origin = {territory:String} or origin in (select oktmo from mart.territory_tree where ancestor = {territory:String}),
            origin != ''
        ),
        flow.shares.territory
    ) as share_indicators,
    arrayFilter(
        (share, belongs) -> if({indicator:String} = '', notEmpty(belongs), has(belongs, {indicator:String})),
        flow.shares,
        share_indicators
    ) as behind,
    goods as (
        select product, basket_group
        from mart.product
    )

select
    flow.act_id as act_id,
    flow.parent_act as parent_act,
    flow.kind as kind,
    flow.at as at,
    flow.day as day,
    flow.coop as coop,
    flow.programme as programme,
    flow.decision_id as decision_id,
    flow.robot as robot,
    lower(hex(flow.document_hash)) as document_hash,
    flow.lot_id as lot_id,
    flow.product as product,
    goods.basket_group as basket_group,
    flow.quantity as act_quantity,
    arraySum(share -> share.quantity, behind) as quantity,
    flow.unit as unit,
    arraySum(share -> share.kg, behind) as kg,
    flow.price_rub as price_rub,
    arraySum(share -> share.value_rub, behind) as value_rub,
    flow.from_territory as from_territory,
    flow.from_point as from_point,
    flow.to_territory as to_territory,
    flow.to_point as to_point,
    flow.origin_territory as origin_territory,
    flow.origins as origins,
    flow.evidence as evidence,
    flow.producer as producer,
    flow.producer_kind as producer_kind,
    flow.producer_member as producer_member,
    flow.recipient as recipient,
    flow.recipient_kind as recipient_kind,
    flow.residence as residence,
    flow.grade as grade,
    flow.rejected as rejected,
    flow.reject_reason as reject_reason,
    flow.status as status,
    flow.block_num as block_num,
    flow.global_sequence as global_sequence,
    lower(hex(flow.tx_id)) as tx_id,
    arrayDistinct(arrayFlatten(share_indicators)) as indicators
from fact.flow as flow
left join goods on goods.product = flow.product
where flow.movement != ''
    and flow.day between {first_day:Date} and {last_day:Date}
    and ({product:String} = '' or flow.product = {product:String})
    and ({basket_group:String} = '' or goods.basket_group = {basket_group:String})
    and notEmpty(behind)
