-- grain: day x movement x left x reached x origin x evidence x producer kind x recipient kind x product; sums of acts
-- owner: marts
-- `earlier` are the origins that the act's shares named before this one: an act of several origins has a row for each, and
-- whoever counts acts counts it at the first. Rows of one key may stand in several parts until a merge: always sum.
create table mart.flow_day (
    day Date,
    movement LowCardinality(String),
    left_territory LowCardinality(String),
    reached_territory LowCardinality(String),
    origin_territory LowCardinality(String),
    earlier Array(String),
    evidence UInt8,
    producer_kind LowCardinality(String),
    recipient_kind LowCardinality(String),
    product LowCardinality(String),
    acts UInt64,
    kg Decimal(38, 3),
    value_rub Decimal(38, 2)
)
engine = SummingMergeTree((acts, kg, value_rub))
order by (
    product, day, movement, left_territory, reached_territory, origin_territory, earlier, evidence, producer_kind, recipient_kind
)
settings non_replicated_deduplication_window = 10000
