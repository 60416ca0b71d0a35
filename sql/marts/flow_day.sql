-- grain: day x kind x from x to x origin x evidence x producer kind x recipient kind x product; sums of acts
-- owner: marts
-- Rows of one key may stand in several parts until a merge: always sum.
create table mart.flow_day (
    day Date,
    kind LowCardinality(String),
    from_territory LowCardinality(String),
    to_territory LowCardinality(String),
    origin_territory LowCardinality(String),
    evidence UInt8,
    producer_kind LowCardinality(String),
    recipient_kind LowCardinality(String),
    product LowCardinality(String),
    acts UInt64,
    kg Decimal(38, 3),
    value_rub Decimal(38, 2)
)
engine = SummingMergeTree((acts, kg, value_rub))
order by (product, day, kind, from_territory, to_territory, origin_territory, evidence, producer_kind, recipient_kind)
settings non_replicated_deduplication_window = 10000
