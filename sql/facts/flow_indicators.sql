-- grain: function; the indicators that one movement of one origin belongs to, for a territory T
-- owner: facts
-- `*_inside`: the place lies in T; `*_known`: the place is not ''. A place is outside T when it is known and not inside:
-- an unknown end is no border crossed, an unknown origin is never local and never production.
-- Ends: acceptance origin -> point, receipt point -> point, issue and sale point -> territory of the consumer.
-- Consumers are own use and catering; buyers who trade or process are not.
-- Each argument is named as seldom as can be: the engine copies what stands for it to every place.
create or replace function flow_indicators as (
    movement, recipient_kind, from_inside, from_known, to_inside, to_known, origin_inside, origin_known
) -> arrayConcat(
    if(movement = 'accept' and origin_inside, ['production'], []),
    multiIf(
        from_inside and to_known and not to_inside, if(origin_inside, ['outflow', 'outflow_all'], ['outflow_all']),
        from_known and not from_inside and to_inside, ['inflow'],
        []
    ),
    if(
        to_inside and movement in ('issue', 'sellout') and recipient_kind in ('ownuse', 'catering'),
        ['consumption', multiIf(origin_inside, 'local', origin_known, 'brought', 'unknown_origin')],
        []
    )
)
