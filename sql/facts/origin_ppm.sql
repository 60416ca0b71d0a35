-- grain: function; the shares of a movement body's origins in millionths, in their order; one origin has them all
-- owner: facts
create or replace function origin_ppm as (body) ->
    if(
        empty(tupleElement(body, 'origins')),
        [toInt64(1000000)],
        arrayMap(share -> toInt64(tupleElement(share, 'ppm')), tupleElement(body, 'origins'))
    )
