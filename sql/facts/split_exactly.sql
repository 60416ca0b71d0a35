-- grain: function; a whole number cut by shares in millionths: the parts are whole numbers and sum to it
-- owner: facts
-- Each part is the difference of two running sums rounded down, so no unit is lost and none appears.
create or replace function split_exactly as (total, ppm) ->
    arrayMap(
        (upto, own) -> intDiv(toInt256(total) * upto, 1000000) - intDiv(toInt256(total) * (upto - own), 1000000),
        arrayCumSum(ppm),
        ppm
    )
