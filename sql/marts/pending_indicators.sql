-- grain: one row per indicator of {territory} with acts in blocks that are not final yet ('' = all groups, all products)
-- owner: marts
-- They are in no figure; when final they enter the indicators named here.
create or replace view mart.pending_indicators as
with places as (
    select
        movement,
        recipient_kind,
        left_territory,
        reached_territory,
        origin_territories,
        left_territory = {territory:String}
            or left_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_left_inside,
        reached_territory = {territory:String}
            or reached_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_reached_inside
    from mart.pending
    where movement != ''
        and ({product:String} = '' or product = {product:String})
        and ({basket_group:String} = '' or product in (select product from mart.product where basket_group = {basket_group:String}))
)

select
    arrayJoin(arrayDistinct(arrayFlatten(arrayMap(
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
        origin_territories
    )))) as indicator,
    count() as acts
from places
group by indicator
order by indicator
