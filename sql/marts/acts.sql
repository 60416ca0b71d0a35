-- grain: one row per act behind an indicator of {territory}, {first_day}..{last_day} ('' = all groups, all products)
-- owner: marts
-- {indicator}: production, outflow, consumption, local, brought, unknown_origin, inflow, outflow_all; '' = any.
-- Summed, these rows are mart.indicators; a check holds the two together.
create or replace view mart.acts as
with goods as (
    select product, basket_group
    from mart.product
),

-- Which ends lie in the territory: a step of its own, so that the set of territories is made once.
placed as (
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
        arrayMap(
            place -> place = {territory:String}
                or place in (select oktmo from mart.territory_tree where ancestor = {territory:String}),
            [flow.from_territory, flow.to_territory, flow.origin_territory]
        ) as is_inside
    from fact.flow as flow
    left join goods on goods.product = flow.product
    where flow.kind in ('accept', 'receive', 'sellout', 'issue')
        and flow.day between {first_day:Date} and {last_day:Date}
        and ({product:String} = '' or flow.product = {product:String})
        and ({basket_group:String} = '' or goods.basket_group = {basket_group:String})
),

classified as (
    select
        act_id,
        parent_act,
        kind,
        at,
        day,
        coop,
        programme,
        decision_id,
        robot,
        document_hash,
        lot_id,
        product,
        basket_group,
        quantity,
        unit,
        kg,
        price_rub,
        value_rub,
        from_territory,
        from_point,
        to_territory,
        to_point,
        origin_territory,
        evidence,
        producer,
        producer_kind,
        producer_member,
        recipient,
        recipient_kind,
        residence,
        grade,
        rejected,
        reject_reason,
        status,
        block_num,
        global_sequence,
        tx_id,
        flow_indicators(
            kind,
            recipient_kind,
            is_inside[1],
            from_territory != '',
            is_inside[2],
            to_territory != '',
            is_inside[3],
            origin_territory != ''
        ) as indicators
    from placed
)

select
    act_id,
    parent_act,
    kind,
    at,
    day,
    coop,
    programme,
    decision_id,
    robot,
    document_hash,
    lot_id,
    product,
    basket_group,
    quantity,
    unit,
    kg,
    price_rub,
    value_rub,
    from_territory,
    from_point,
    to_territory,
    to_point,
    origin_territory,
    evidence,
    producer,
    producer_kind,
    producer_member,
    recipient,
    recipient_kind,
    residence,
    grade,
    rejected,
    reject_reason,
    status,
    block_num,
    global_sequence,
    tx_id,
    indicators,
    multiIf(
        has(indicators, 'local'), 'local',
        has(indicators, 'brought'), 'brought',
        has(indicators, 'unknown_origin'), 'unknown_origin',
        ''
    ) as structure
from classified
where if({indicator:String} = '', notEmpty(indicators), has(indicators, {indicator:String}))
