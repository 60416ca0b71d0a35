import { nameText } from '../bytes/name.ts';
import type { PackedAction } from '../chain/action.ts';
import { ChainFault, ensure } from '../chain/fault.ts';
import { addRam } from '../state/state.ts';
import type { State } from '../state/state.ts';
import type { SecondaryKind } from '../state/table.ts';
import { Iterators } from './iterators.ts';
import type { Surroundings } from './surroundings.ts';
import type { ActionTrace } from './trace.ts';

/** One action on its way through its receiver and those it notifies. */
export class ApplyContext {
  readonly trx: Surroundings;
  readonly state: State;
  readonly act: PackedAction;
  readonly notified: ActionTrace[];
  /** Ordinals of inline actions, run after all notifications. */
  readonly inlines: ActionTrace[] = [];
  trace: ActionTrace;
  receiver: bigint;
  privileged = false;
  console = '';
  readonly #used = new Set<bigint>();
  #rows = new Iterators();
  #secondaries = new Map<SecondaryKind, Iterators>();

  constructor(trx: Surroundings, trace: ActionTrace) {
    this.trx = trx;
    this.state = trx.state;
    this.act = trace.act;
    this.trace = trace;
    this.receiver = trace.receiver;
    this.notified = [trace];
  }

  /** Turns to the next receiver; iterators do not outlive one. */
  enter(trace: ActionTrace, privileged: boolean): void {
    this.trace = trace;
    this.receiver = trace.receiver;
    this.privileged = privileged;
    this.console = '';
    this.#rows = new Iterators();
    this.#secondaries = new Map();
  }
  get rows(): Iterators {
    return this.#rows;
  }
  secondaries(kind: SecondaryKind): Iterators {
    let iterators = this.#secondaries.get(kind);
    if (iterators === undefined) this.#secondaries.set(kind, (iterators = new Iterators()));
    return iterators;
  }

  hasAuth(account: bigint): boolean {
    return this.act.authorization.some(({ actor }) => actor === account);
  }
  requireAuth(account: bigint): void {
    ensure(
      this.hasAuth(account),
      'missing_auth_exception',
      () => `missing authority of ${nameText(account)}`,
    );
    this.#used.add(account);
  }
  requireAuth2(account: bigint, permission: bigint): void {
    const held = this.act.authorization.some(
      (level) => level.actor === account && level.permission === permission,
    );
    ensure(
      held,
      'missing_auth_exception',
      () => `missing authority of ${nameText(account)}/${nameText(permission)}`,
    );
  }

  /** Bills a table's change: an account that is not the receiver must have signed for more. */
  bill(payer: bigint, delta: number): void {
    if (delta > 0 && !this.privileged && payer !== this.receiver) {
      if (this.receiver !== this.act.account) {
        throw new ChainFault(
          'subjective_block_production_exception',
          'Cannot charge RAM to other accounts during notify.',
        );
      }
      this.requireAuth(payer);
    }
    if (delta !== 0) this.addRam(payer, delta);
  }
  /** As nodeos does, a trace tells of a change of zero too: an authority replaced by one of the same size. */
  addRam(account: bigint, delta: number): void {
    addRam(this.state, account, delta);
    this.trace.ramDeltas.set(account, (this.trace.ramDeltas.get(account) ?? 0) + delta);
  }

  requireRecipient(account: bigint): void {
    if (this.notified.some(({ receiver }) => receiver === account)) return;
    this.notified.push(
      this.trx.schedule(
        this.act,
        account,
        this.trace.ordinal,
        this.notified[0]?.ordinal ?? 0,
        this.trace.actDigest,
      ),
    );
  }
}
