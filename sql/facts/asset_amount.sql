-- grain: function; a chain asset (amount, symbol `3,KG`) as an exact decimal of whole units, 6 digits
-- owner: facts
-- Each step on the symbol takes one low-cardinality argument, so it runs once a symbol, not once a row.
create or replace function asset_amount as (asset) ->
    toDecimal128(tupleElement(asset, 'amount'), 6) / intExp10(toUInt8OrZero(extract(tupleElement(asset, 'symbol'), '^[0-9]+')))
