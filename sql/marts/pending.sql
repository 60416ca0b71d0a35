-- grain: one row per goods act in a block that is not final yet; a fork may take it back
-- owner: marts
create or replace view mart.pending as
select
    body.act_id as act_id,
    body.parent_act as parent_act,
    extract(_table, '^market_log(.*)_tail$') as kind,
    block_time as at,
    body.status as status,
    body.coop as coop,
    body.lot_id as lot_id,
    body.product as product,
    body.recipient_kind as recipient_kind,
    asset_amount(body.quantity) as quantity,
    asset_unit(body.quantity) as unit,
    toDecimal128(body.grams, 3) / 1000 as kg,
    toDecimal128(asset_amount(body.value), 2) as value_rub,
    place_territory(body.from) as from_territory,
    place_territory(body.to) as to_territory,
    place_territory(body.origin) as origin_territory,
    movement_kind(kind, status) as movement,
    place_territory(if(act_word(kind, status) = 'return', body.to, body.from)) as left_territory,
    place_territory(if(act_word(kind, status) = 'return', body.from, body.to)) as reached_territory,
    if(
        empty(body.origins),
        [origin_territory],
        arrayMap(share -> place_territory(share.origin), body.origins)
    ) as origin_territories,
    block_num,
    global_sequence,
    lower(hex(tx_id)) as tx_id
from merge('chain', '^market_log(accept|ship|receive|loss|sellout|issue|return|process|count|reverse)_tail$')
-- Between a commit and the removal of its tail the act is in both: the fact goes first.
where block_num > (select max(last) from chain.cursor)
