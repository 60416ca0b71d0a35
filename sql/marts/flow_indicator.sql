-- grain: one row per row of mart.flow_day and indicator of {territory} that it belongs to, {first_day}..{last_day} ('' = all)
-- owner: marts
-- What mart.indicators and its series by day and month sum. A territory that the registry does not know holds itself.
-- An act of several origins counts once in an indicator: at the first of its shares that belongs to it.
create or replace view mart.flow_indicator as
select
    day,
    product,
    left_territory = {territory:String}
        or left_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_left_inside,
    reached_territory = {territory:String}
        or reached_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_reached_inside,
    origin_territory = {territory:String}
        or origin_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_origin_inside,
    arrayFlatten(arrayMap(
        origin -> flow_indicators(
            movement,
            recipient_kind,
            is_left_inside,
            left_territory != '',
            is_reached_inside,
            reached_territory != '',
            origin = {territory:String} or origin in (select oktmo from mart.territory_tree where ancestor = {territory:String}),
            origin != ''
        ),
        earlier
    )) as counted,
    arrayJoin(flow_indicators(
        movement,
        recipient_kind,
        is_left_inside,
        left_territory != '',
        is_reached_inside,
        reached_territory != '',
        is_origin_inside,
        origin_territory != ''
    )) as indicator,
    if(has(counted, indicator), 0, flow_day.acts) as acts,
    kg,
    value_rub
from mart.flow_day as flow_day
where day between {first_day:Date} and {last_day:Date}
    and ({product:String} = '' or product = {product:String})
    and ({basket_group:String} = '' or product in (select product from mart.product where basket_group = {basket_group:String}))
