-- grain: one row per line of the entries that the act {act_id} was booked with: a debit, a credit and their amount
-- owner: marts
-- `share_balance_rub` is the member's share account after the entry. An entry turned round (`is_undo`) is booked under the act
-- that is taken back; it belongs to the reversal as well.
create or replace view mart.posting as
select
    entry_id,
    coop,
    kind,
    member,
    undo as is_undo,
    line.debit as debit,
    line.credit as credit,
    toDecimal128(asset_amount(line.amount), 2) as amount_rub,
    toDecimal128(asset_amount(share_balance), 2) as share_balance_rub,
    number
from chain.funds_logposting
array join lines as line, arrayEnumerate(lines) as number
where act_id = {act_id:UInt64}
    or (undo and act_id in (select parent_act from fact.flow where act_id = {act_id:UInt64} and kind = 'reverse'))
