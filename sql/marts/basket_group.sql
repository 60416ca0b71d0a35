-- grain: one row per basket group
-- owner: marts
create or replace view mart.basket_group as
select code as basket_group, title_ru, title_en, display_order, okpd2, status, source, edition_date
from reference.basket_group
