-- every log of the contracts was written by the contract itself, inside an action that people signed
-- A log pushed from outside would be a fact that no rule of the contract has passed.
select block_num, global_sequence, contract, name, actors
from chain.action
where contract in ('registry', 'council', 'funds', 'market')
    and startsWith(name, 'log')
    and (creator_action_ordinal = 0 or arrayExists(by -> tupleElement(by, 'actor') != contract, actors))
