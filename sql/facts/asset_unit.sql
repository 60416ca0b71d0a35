-- grain: function; the unit of a chain asset, `KG` of `3,KG`
-- owner: facts
create or replace function asset_unit as (asset) -> extract(tupleElement(asset, 'symbol'), '[A-Z]+$')
