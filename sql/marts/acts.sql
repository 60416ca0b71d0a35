-- grain: one row per act behind an indicator of {territory}, {first_day}..{last_day} ('' = all groups, all products)
-- owner: marts
-- {indicator}: production, outflow, consumption, local, brought, unknown_origin, inflow, outflow_all; '' = any.
-- Summed, these rows are mart.indicators; a check holds the two together.
create or replace view mart.acts as
with
    flow.from_territory = {territory:String}
        or flow.from_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_from_inside,
    flow.to_territory = {territory:String}
        or flow.to_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_to_inside,
    flow.origin_territory = {territory:String}
        or flow.origin_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_origin_inside,
    flow_indicators(
        flow.kind,
        flow.recipient_kind,
        is_from_inside,
        flow.from_territory != '',
        is_to_inside,
        flow.to_territory != '',
        is_origin_inside,
        flow.origin_territory != ''
    ) as belongs_to,
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
    flow.quantity as quantity,
    flow.unit as unit,
    flow.kg as kg,
    flow.price_rub as price_rub,
    flow.value_rub as value_rub,
    flow.from_territory as from_territory,
    flow.from_point as from_point,
    flow.to_territory as to_territory,
    flow.to_point as to_point,
    flow.origin_territory as origin_territory,
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
    belongs_to as indicators,
    multiIf(
        has(belongs_to, 'local'), 'local',
        has(belongs_to, 'brought'), 'brought',
        has(belongs_to, 'unknown_origin'), 'unknown_origin',
        ''
    ) as structure
from fact.flow as flow
left join goods on goods.product = flow.product
where flow.kind in ('accept', 'receive', 'sellout', 'issue')
    and flow.day between {first_day:Date} and {last_day:Date}
    and ({product:String} = '' or flow.product = {product:String})
    and ({basket_group:String} = '' or goods.basket_group = {basket_group:String})
    and if({indicator:String} = '', notEmpty(belongs_to), has(belongs_to, {indicator:String}))
