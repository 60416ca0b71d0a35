-- grain: one row per contract that this version of the project builds; the rows are given at start, from the committed builds
-- owner: reference
-- code_hash: sha256 of the built code, lower-case hex
create table reference.contract_build (
    contract LowCardinality(String),
    code_hash String
)
engine = MergeTree
order by contract
