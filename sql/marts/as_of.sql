-- grain: one row, the block through which every figure is final; none before the first batch
-- owner: marts
create or replace view mart.as_of as
select cursor.last as block_num, cursor.block_id as block_id, block.block_time as block_time, cursor.committed_at as committed_at
from (
    select last, block_id, committed_at
    from chain.cursor
    order by last desc
    limit 1
) as cursor
left join chain.block as block on block.block_num = cursor.last
settings join_use_nulls = 1
