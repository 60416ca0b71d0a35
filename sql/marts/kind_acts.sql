-- grain: one row per act of {kind} at a place of {territory}, {first_day}..{last_day} ('' = all groups, all products)
-- owner: marts
-- As recorded: an act stands in every territory that it left or reached, and nothing of it is taken back or cut by origin.
create or replace view mart.kind_acts as
select
    act_id,
    parent_act,
    kind,
    status,
    at,
    product,
    quantity as act_quantity,
    quantity,
    unit,
    kg,
    value_rub,
    from_territory,
    to_territory,
    origin_territory,
    origins,
    evidence,
    block_num,
    global_sequence
from fact.flow
where kind = {kind:String}
    and day between {first_day:Date} and {last_day:Date}
    and ({product:String} = '' or product = {product:String})
    and ({basket_group:String} = '' or product in (select product from mart.product where basket_group = {basket_group:String}))
    and (
        from_territory = {territory:String}
        or to_territory = {territory:String}
        or from_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String})
        or to_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String})
    )
