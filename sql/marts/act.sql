-- grain: one row, the act {act_id}, with the titles of what it names and the signers of the actions that made it
-- owner: marts
create or replace view mart.act as
with proof as (
    select block_num, global_sequence
    from fact.flow
    where act_id = {act_id:UInt64}
),

-- The log is an inline action; its creator is the action that people signed.
log_action as (
    select block_num, tx_id, creator_action_ordinal
    from chain.action
    where (block_num, global_sequence) in (select block_num, global_sequence from proof)
),

signed as (
    select action.contract as contract, action.name as name, action.actors as signers
    from chain.action as action
    inner join log_action
        on action.block_num = log_action.block_num
        and action.tx_id = log_action.tx_id
        and action.action_ordinal = log_action.creator_action_ordinal
    where action.block_num in (select block_num from proof)
),

-- The first half of a pair: supplied, claimed or given back under the same document.
half as (
    select block_num, global_sequence
    from chain.market_logintent
    where body.document_hash in (select document_hash from fact.flow where act_id = {act_id:UInt64})
        and global_sequence < (select max(global_sequence) from proof)
    order by global_sequence desc
    limit 1
),

half_action as (
    select block_num, tx_id, creator_action_ordinal
    from chain.action
    where (block_num, global_sequence) in (select block_num, global_sequence from half)
),

half_signed as (
    select action.actors as signers
    from chain.action as action
    inner join half_action
        on action.block_num = half_action.block_num
        and action.tx_id = half_action.tx_id
        and action.action_ordinal = half_action.creator_action_ordinal
    where action.block_num in (select block_num from half)
),

-- The programme as it stood then.
programme as (
    select title, version
    from chain.funds_logprogramme
    where programme_id in (select programme from fact.flow where act_id = {act_id:UInt64})
        and global_sequence < (select max(global_sequence) from proof)
    order by global_sequence desc
    limit 1
),

block as (
    select block_num, lower(hex(block_id)) as block_id, producer
    from chain.block
    where block_num in (select block_num from proof)
)

select
    flow.act_id as act_id,
    flow.parent_act as parent_act,
    flow.kind as kind,
    flow.at as at,
    flow.day as day,
    flow.coop as coop,
    coop.title as coop_title,
    flow.programme as programme,
    programme.title as programme_title,
    programme.version as programme_version,
    flow.decision_id as decision_id,
    flow.robot as robot,
    lower(hex(flow.document_hash)) as document_hash,
    flow.lot_id as lot_id,
    flow.product as product,
    product.title as product_title,
    product.basket_group as basket_group,
    flow.quantity as quantity,
    flow.unit as unit,
    flow.kg as kg,
    flow.price_rub as price_rub,
    flow.value_rub as value_rub,
    flow.from_territory as from_territory,
    from_territory.title as from_territory_title,
    flow.from_point as from_point,
    from_point.title as from_point_title,
    from_section.title as from_section_title,
    flow.to_territory as to_territory,
    to_territory.title as to_territory_title,
    flow.to_point as to_point,
    to_point.title as to_point_title,
    to_section.title as to_section_title,
    flow.origin_territory as origin_territory,
    origin_territory.title as origin_territory_title,
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
    flow.parent_lot as parent_lot,
    flow.order_id as order_id,
    flow.chair as chair,
    flow.reason as reason,
    flow.block_num as block_num,
    block.block_id as block_id,
    block.producer as block_producer,
    flow.global_sequence as global_sequence,
    lower(hex(flow.tx_id)) as tx_id,
    signed.contract as contract,
    signed.name as action,
    arrayDistinct(arrayConcat(signed.signers, half_signed.signers)) as signers
from fact.flow as flow
left join mart.coop as coop on coop.coop = flow.coop
left join mart.product as product on product.product = flow.product
left join mart.territory as from_territory on from_territory.oktmo = flow.from_territory
left join mart.territory as to_territory on to_territory.oktmo = flow.to_territory
left join mart.territory as origin_territory on origin_territory.oktmo = flow.origin_territory
left join mart.point as from_point on from_point.point_id = flow.from_point
left join mart.section as from_section on from_section.section_id = from_point.section_id
left join mart.point as to_point on to_point.point_id = flow.to_point
left join mart.section as to_section on to_section.section_id = to_point.section_id
left join block on block.block_num = flow.block_num
cross join (select any(contract) as contract, any(name) as name, any(signers) as signers from signed) as signed
cross join (select any(signers) as signers from half_signed) as half_signed
cross join (select any(title) as title, any(version) as version from programme) as programme
where flow.act_id = {act_id:UInt64}
