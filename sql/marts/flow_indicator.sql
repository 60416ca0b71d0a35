-- grain: one row per row of mart.flow_day and indicator of {territory} that it belongs to, {first_day}..{last_day} ('' = all)
-- owner: marts
-- What mart.indicators and its series by day and month sum. A territory that the registry does not know holds itself.
create or replace view mart.flow_indicator as
select
    day,
    product,
    from_territory = {territory:String}
        or from_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_from_inside,
    to_territory = {territory:String}
        or to_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_to_inside,
    origin_territory = {territory:String}
        or origin_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_origin_inside,
    arrayJoin(flow_indicators(
        kind,
        recipient_kind,
        is_from_inside,
        from_territory != '',
        is_to_inside,
        to_territory != '',
        is_origin_inside,
        origin_territory != ''
    )) as indicator,
    acts,
    kg,
    value_rub
from mart.flow_day
where day between {first_day:Date} and {last_day:Date}
    and ({product:String} = '' or product = {product:String})
    and ({basket_group:String} = '' or product in (select product from mart.product where basket_group = {basket_group:String}))
