-- the shares of a movement sum to its act, or to its act taken back: to the gram, the kopeck and the smallest part of the unit
select act_id, quantity, kg, value_rub, shares
from fact.flow
where movement != ''
    and (
        abs(arraySum(share -> share.quantity, shares)) != quantity
        or abs(arraySum(share -> share.kg, shares)) != kg
        or abs(arraySum(share -> share.value_rub, shares)) != value_rub
    )
