-- grain: one row per watched contract and code that it ran for a time, in the order of their coming
-- owner: marts
-- until_block is the block that brought the next code, null while the contract still runs this one; code_hash is '' where the code
-- was removed. is_committed_build: whether it is the build of this version of the project; null for contracts that it does not build
create or replace view mart.contract_code as
with code as (
    select
        account,
        block_num,
        block_time,
        global_sequence,
        if(code_hash = unhex(repeat('00', 32)), '', lower(hex(code_hash))) as hash,
        leadInFrame(toNullable(block_num)) over later as next_block,
        leadInFrame(toNullable(block_time)) over later as next_time
    from chain.code
    window later as (
        partition by account
        order by global_sequence asc
        rows between unbounded preceding and unbounded following
    )
),

build as (
    select contract, toNullable(code_hash) as hash
    from reference.contract_build
)

select
    code.account as contract,
    code.hash as code_hash,
    code.block_num as from_block,
    code.block_time as from_at,
    code.next_block as until_block,
    code.next_time as until_at,
    cast(code.hash = build.hash, 'Nullable(Bool)') as is_committed_build
from code
left join build on build.contract = code.account
order by contract asc, code.global_sequence asc
