-- grain: one row per basket group, norm and population; rows in basket_norm.csv
-- owner: reference
-- certainty: H read in a primary text, M in a secondary source, L from memory (status `to be verified`, shown so)
create table reference.basket_norm (
    basket_group LowCardinality(String),
    norm LowCardinality(String),
    population LowCardinality(String),
    amount Decimal(18, 3),
    unit LowCardinality(String),
    is_ceiling Bool,
    certainty LowCardinality(String),
    status LowCardinality(String),
    source String,
    edition_date Date
)
engine = MergeTree
order by (basket_group, norm, population)
