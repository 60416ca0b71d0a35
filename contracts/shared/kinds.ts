import { EMPTY_NAME, Name } from 'proton-tsc';
import { requireWord } from './checks';

/** What a council decides. These change the registry or the funds by a call-back of the decision's execution… */
const CALLED_BACK = 'admit exclude setchair grantrole revokerole recover programme closeprog';
/** …and these are used up by the act that they are about. */
const ACTS =
  'accept buy ship sellout issue giveback writeoff process count reverse rent invest payback work pool';

export function requireKind(field: string, kind: Name): void {
  requireWord(field, kind, CALLED_BACK + ' ' + ACTS);
}

/** The contract that the execution of a decision of this kind calls; empty for acts. */
export function calledContract(kind: Name): Name {
  const isFunds = kind == Name.fromString('programme') || kind == Name.fromString('closeprog');
  if (isFunds) return Name.fromString('funds');
  const isRegistry =
    kind == Name.fromString('admit') ||
    kind == Name.fromString('exclude') ||
    kind == Name.fromString('setchair') ||
    kind == Name.fromString('grantrole') ||
    kind == Name.fromString('revokerole') ||
    kind == Name.fromString('recover');
  return isRegistry ? Name.fromString('registry') : EMPTY_NAME;
}

/** Whether the call-back names the decision's document: what was asked for has a paper of its own, which it must be. */
export function namesDocument(kind: Name): bool {
  return (
    kind == Name.fromString('setchair') ||
    kind == Name.fromString('grantrole') ||
    kind == Name.fromString('revokerole') ||
    kind == Name.fromString('recover')
  );
}

/** The called contract's action: named like the kind, but for the approval of a programme. */
export function calledAction(kind: Name): Name {
  return kind == Name.fromString('programme') ? Name.fromString('approve') : kind;
}
