-- grain: one row, the decision {decision_id}; none when the council has no such decision
-- owner: marts
-- mode: vote, robot or founding. `robot` voted for `members_for`, who stay responsible: in mode robot all at once, in mode vote
-- for those who have not voted themselves, for a later vote takes the place of an earlier one.
create or replace view mart.decision as
with decision as (
    select *
    from chain.council_logdecision
    where decision_id = {decision_id:UInt64}
    order by global_sequence desc
    limit 1
),

votes as (
    select member, argMax(in_favour, global_sequence) as is_for, argMax(robot, global_sequence) as given_by
    from chain.council_logvote
    where decision_id = {decision_id:UInt64}
    group by member
),

tally as (
    select
        countIf(is_for) as votes_for,
        countIf(not is_for) as votes_against,
        max(given_by) as robot,
        arraySort(groupArrayIf(member, given_by != '')) as members_for
    from votes
),

signature as (
    select max(signer) as signer
    from chain.council_logsign
    where decision_id = {decision_id:UInt64}
),

execution as (
    select count() as times
    from chain.council_logexec
    where decision_id = {decision_id:UInt64}
)

select
    decision.decision_id as decision_id,
    decision.coop as coop,
    decision.kind as kind,
    decision.mode as mode,
    decision.seats as seats,
    if(decision.mode = 'vote', tally.votes_for, decision.votes_for) as votes_for,
    if(decision.mode = 'vote', tally.votes_against, decision.votes_against) as votes_against,
    if(decision.mode = 'vote', signature.signer, decision.signer) as signer,
    if(decision.mode = 'vote', tally.robot, decision.robot) as robot,
    if(decision.mode = 'vote', tally.members_for, decision.members_for) as members_for,
    multiIf(execution.times > 0, 'executed', signature.signer != '', 'signed', decision.status) as status,
    lower(hex(decision.document_hash)) as document_hash
from decision
cross join tally
cross join signature
cross join execution
