-- grain: one row per line of the entries that the act {act_id} was booked with: a debit, a credit and their amount
-- owner: marts
-- `share_balance_rub` is the member's share account after the entry; `is_undo` turns an earlier entry round.
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
