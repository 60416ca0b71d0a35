-- an act has one row of facts
select act_id, count() as rows
from fact.flow
group by act_id
having rows > 1
