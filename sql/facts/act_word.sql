-- grain: function; what an act does: its kind, of a reversal the kind of what it takes back
-- owner: facts
create or replace function act_word as (kind, status) -> if(kind = 'reverse', status, kind)
