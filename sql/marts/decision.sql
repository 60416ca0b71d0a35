-- grain: one row, the decision {decision_id} as last logged; none when the council has no such decision
-- owner: marts
-- mode: vote, robot or founding. In mode robot `robot` voted and signed for `members_for`, who stay responsible.
create or replace view mart.decision as
select
    decision_id,
    coop,
    kind,
    mode,
    seats,
    votes_for,
    votes_against,
    signer,
    robot,
    members_for,
    status,
    lower(hex(document_hash)) as document_hash
from chain.council_logdecision
where decision_id = {decision_id:UInt64}
order by global_sequence desc
limit 1
