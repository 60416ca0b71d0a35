-- grain: one row per goods act (market log action), irreversible blocks only
-- owner: facts
-- As recorded, and then what it means for territories: the movement it counts as ('' = none), the ends of that movement, and
-- what it adds by origin, signed: the shares of an act sum to the act. `origins` is empty when the lot has one origin.
-- The window lets a repeated batch find its tokens; without it a repeat would count twice.
create table fact.flow (
    act_id UInt64,
    parent_act UInt64,
    kind LowCardinality(String),
    at DateTime64(3, 'UTC'),
    day Date,
    coop LowCardinality(String),
    programme UInt64,
    decision_id UInt64,
    robot LowCardinality(String),
    document_hash FixedString(32),
    lot_id UInt64,
    product LowCardinality(String),
    quantity Decimal(38, 6),
    unit LowCardinality(String),
    kg Decimal(38, 3),
    price_rub Decimal(38, 2),
    value_rub Decimal(38, 2),
    from_territory LowCardinality(String),
    from_point UInt64,
    to_territory LowCardinality(String),
    to_point UInt64,
    origin_territory LowCardinality(String),
    evidence UInt8,
    producer LowCardinality(String),
    producer_kind LowCardinality(String),
    producer_member Bool,
    recipient LowCardinality(String),
    recipient_kind LowCardinality(String),
    residence LowCardinality(String),
    grade UInt8,
    rejected Decimal(38, 6),
    reject_reason String,
    status LowCardinality(String),
    parent_lot UInt64,
    order_id UInt64,
    chair LowCardinality(String),
    reason String,
    origins Array(Tuple(territory LowCardinality(String), evidence UInt8, ppm UInt32)),
    movement LowCardinality(String),
    left_territory LowCardinality(String),
    reached_territory LowCardinality(String),
    shares Array(Tuple(
        territory LowCardinality(String),
        evidence UInt8,
        quantity Decimal(38, 6),
        kg Decimal(38, 3),
        value_rub Decimal(38, 2)
    )),
    block_num UInt32,
    global_sequence UInt64,
    tx_id FixedString(32)
)
engine = MergeTree
order by (act_id, global_sequence)
settings non_replicated_deduplication_window = 10000
