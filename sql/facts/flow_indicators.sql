-- grain: function; the indicators that one movement belongs to, for a territory T
-- owner: facts
-- `*_inside`: the place lies in T; `*_known`: the place is not ''. A place is outside T when it is known and not inside:
-- an unknown end is no border crossed, an unknown origin is never local and never production.
-- Ends: acceptance origin -> point, receipt point -> point, issue and sale point -> territory of the consumer.
-- Consumers are own use and catering; buyers who trade or process are not.
create or replace function flow_indicators as (
    kind, recipient_kind, from_inside, from_known, to_inside, to_known, origin_inside, origin_known
) -> arrayFilter(indicator -> indicator != '', [
    if(kind = 'accept' and origin_inside, 'production', ''),
    if(from_inside and to_known and not to_inside and origin_inside, 'outflow', ''),
    if(from_inside and to_known and not to_inside, 'outflow_all', ''),
    if(from_known and not from_inside and to_inside, 'inflow', ''),
    if(kind in ('issue', 'sellout') and recipient_kind in ('ownuse', 'catering') and to_inside, 'consumption', ''),
    if(kind in ('issue', 'sellout') and recipient_kind in ('ownuse', 'catering') and to_inside and origin_inside, 'local', ''),
    if(kind in ('issue', 'sellout') and recipient_kind in ('ownuse', 'catering') and to_inside
        and origin_known and not origin_inside, 'brought', ''),
    if(kind in ('issue', 'sellout') and recipient_kind in ('ownuse', 'catering') and to_inside
        and not origin_known, 'unknown_origin', '')
])
