-- grain: function; what a movement body adds, by origin: (territory, evidence, quantity, kg, roubles), signed
-- owner: facts
create or replace function origin_shares as (body, sign) ->
    arrayMap(
        (origin, evidence, amount, grams, value) -> (
            place_territory(origin),
            evidence,
            sign * toDecimal128(amount, 6) / asset_power(tupleElement(body, 'quantity')),
            sign * toDecimal128(grams, 3) / 1000,
            toDecimal128(sign * toDecimal128(value, 6) / asset_power(tupleElement(body, 'value')), 2)
        ),
        if(
            empty(tupleElement(body, 'origins')),
            [tupleElement(body, 'origin')],
            arrayMap(share -> tupleElement(share, 'origin'), tupleElement(body, 'origins'))
        ),
        if(
            empty(tupleElement(body, 'origins')),
            [tupleElement(body, 'evidence')],
            arrayMap(share -> tupleElement(share, 'evidence'), tupleElement(body, 'origins'))
        ),
        split_exactly(tupleElement(tupleElement(body, 'quantity'), 'amount'), origin_ppm(body)),
        split_exactly(tupleElement(body, 'grams'), origin_ppm(body)),
        split_exactly(tupleElement(tupleElement(body, 'value'), 'amount'), origin_ppm(body))
    )
