-- grain: one row per indicator of {territory} with acts in blocks that are not final yet ('' = all groups, all products)
-- owner: marts
-- They are in no figure; when final they enter the indicators named here.
create or replace view mart.pending_indicators as
with places as (
    select
        kind,
        recipient_kind,
        from_territory,
        to_territory,
        origin_territory,
        from_territory = {territory:String}
            or from_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_from_inside,
        to_territory = {territory:String}
            or to_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_to_inside,
        origin_territory = {territory:String}
            or origin_territory in (select oktmo from mart.territory_tree where ancestor = {territory:String}) as is_origin_inside
    from mart.pending
    where kind in ('accept', 'receive', 'sellout', 'issue')
        and ({product:String} = '' or product = {product:String})
        and ({basket_group:String} = '' or product in (select product from mart.product where basket_group = {basket_group:String}))
)

select
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
    count() as acts
from places
group by indicator
order by indicator
