-- grain: function; the key of a place: its OKTMO, else its country (ISO alpha-2), else '' for unknown
-- owner: facts
create or replace function place_territory as (place) ->
    if(tupleElement(place, 'oktmo') != '', tupleElement(place, 'oktmo'), tupleElement(place, 'country'))
