-- grain: function; 1 for a movement, -1 for one taken back: a return, or a reversal of anything but a return
-- owner: facts
create or replace function movement_sign as (kind, status) ->
    if((kind = 'reverse') != (act_word(kind, status) = 'return'), -1, 1)
