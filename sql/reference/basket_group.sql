-- grain: one row per basket group; rows in basket_group.csv
-- owner: reference
create table reference.basket_group (
    code LowCardinality(String),
    title_ru String,
    title_en String,
    display_order UInt8,
    okpd2 String,
    status LowCardinality(String),
    source String,
    edition_date Date
)
engine = MergeTree
order by code
