-- grain: function; the two parts of a lot between which an act moves its quantity, as the contract counts them
-- owner: facts
-- '' is the world outside the lot. A loss with a parent act was shipped before it was lost. A reversal goes the way of the act
-- that it takes back, from the end: `mart.lot_part` turns it round.
create or replace function lot_way as (kind, status, parent_act) ->
    multiIf(
        kind in ('accept', 'receive') or status in ('made', 'surplus'), ('', 'stock'),
        kind = 'ship', ('stock', 'shipped'),
        kind = 'issue', ('stock', 'issued'),
        kind = 'sellout', ('stock', 'sold'),
        kind = 'process', ('stock', 'processed'),
        kind = 'return', ('issued', if(status = 'returned', 'stock', 'lost')),
        kind = 'loss' and parent_act != 0, ('shipped', 'lost'),
        kind in ('loss', 'count'), ('stock', 'lost'),
        ('', '')
    )
