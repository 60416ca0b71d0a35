-- grain: one row per basket group, norm and population; kg a year a head (eggs: pieces)
-- owner: marts
create or replace view mart.basket_norm as
select basket_group, norm, population, amount, unit, is_ceiling, certainty, status, source, edition_date
from reference.basket_norm
