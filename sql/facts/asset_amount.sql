-- grain: function; a chain asset (amount, symbol `3,KG`) as an exact decimal of whole units, 6 digits
-- owner: facts
create or replace function asset_amount as (asset) ->
    toDecimal128(tupleElement(asset, 'amount'), 6) / asset_power(asset)
