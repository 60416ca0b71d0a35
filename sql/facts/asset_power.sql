-- grain: function; how many of its smallest parts a whole unit of a chain asset has, 1000 of `3,KG`
-- owner: facts
-- Each step on the symbol takes one low-cardinality argument, so it runs once a symbol, not once a row.
create or replace function asset_power as (asset) ->
    intExp10(toUInt8OrZero(extract(tupleElement(asset, 'symbol'), '^[0-9]+')))
