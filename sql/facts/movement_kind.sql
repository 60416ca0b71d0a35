-- grain: function; the movement that an act counts as: accept, receive, sellout, issue, or '' for none
-- owner: facts
-- A return is an issue taken back. A shipment counts when it is received, so ship and loss are none; processing, counting and
-- writing off change stock and move nothing between territories.
create or replace function movement_kind as (kind, status) ->
    multiIf(
        act_word(kind, status) in ('accept', 'receive', 'sellout', 'issue'), act_word(kind, status),
        act_word(kind, status) = 'return', 'issue',
        ''
    )
