import { ApplyContext } from '../host/context.ts';
import type { Host } from '../host/host.ts';
import type { Surroundings } from '../host/surroundings.ts';
import { ActionExit } from '../host/system.ts';
import type { ActionTrace, Receipt } from '../host/trace.ts';
import { actionDigest, receiptHash } from '../host/trace.ts';
import type { State } from '../state/state.ts';
import { sequencesOf } from '../state/state.ts';
import { compileProgram } from '../wasm/program.ts';
import type { Program } from '../wasm/program.ts';
import type { PackedAction } from './action.ts';
import { ChainFault, ensure } from './fault.ts';
import { applyNative } from './native.ts';

/** Loops and calls a transaction may make: some tens of milliseconds. */
export const FUEL_LIMIT = 30_000_000;
const FUEL_PER_US = 1000;
const ACTION_US = 10;
const LEAST_US = 100;
const DEEPEST_INLINE = 4;

export type Header = Surroundings['header'];

/** One transaction on its way through its actions. Changes stay in the state's undo log for the caller to keep or roll back. */
export class TransactionContext implements Surroundings {
  readonly state: State;
  readonly host: Host;
  /** The block's time. */
  readonly timeMs: number;
  readonly header: Header;
  readonly packed: Uint8Array;
  /** In order of creation. */
  readonly traces: ActionTrace[] = [];
  /** Receipts' digests in order of execution. */
  readonly digests: Buffer[] = [];
  #fuel = FUEL_LIMIT;

  constructor(deps: { state: State; host: Host }, timeMs: number, header: Header, packed: Uint8Array) {
    this.state = deps.state;
    this.host = deps.host;
    this.timeMs = timeMs;
    this.header = header;
    this.packed = packed;
  }

  schedule(
    act: PackedAction,
    receiver: bigint,
    creator: number,
    original: number,
    digest: Buffer,
  ): ActionTrace {
    const ordinal = this.traces.length + 1;
    const trace: ActionTrace = {
      ordinal,
      creator,
      original: original === 0 ? ordinal : original,
      receiver,
      act,
      actDigest: digest,
      receipt: undefined,
      console: '',
      ramDeltas: new Map(),
      cpuUs: 0,
    };
    this.traces.push(trace);
    return trace;
  }

  /** Runs actions with all that they set off. Throws a ChainFault. */
  run(actions: readonly PackedAction[]): void {
    const scheduled = actions.map((act) => this.schedule(act, act.account, 0, 0, actionDigest(act)));
    for (const trace of scheduled) this.#runTree(trace, 0);
  }

  /** Billed time: the same on every machine. */
  get cpuUs(): number {
    return Math.max(
      LEAST_US,
      this.traces.reduce((sum, trace) => sum + trace.cpuUs, 0),
    );
  }

  #runTree(trace: ActionTrace, depth: number): void {
    const context = new ApplyContext(this, trace);
    for (let index = 0; index < context.notified.length; index++) {
      const receiver = context.notified[index];
      if (receiver !== undefined) this.#runOne(context, receiver);
    }
    if (context.inlines.length === 0) return;
    ensure(
      depth < DEEPEST_INLINE,
      'transaction_exception',
      () => 'max inline action depth per transaction reached',
    );
    for (const inline of context.inlines) this.#runTree(inline, depth + 1);
  }

  #runOne(context: ApplyContext, trace: ActionTrace): void {
    const metadata = this.state.metadata.get(trace.receiver);
    context.enter(trace, metadata?.privileged ?? false);
    const before = this.#fuel;
    try {
      applyNative(context, this.host.functions);
      if (metadata !== undefined && metadata.codeHash !== '')
        this.#runProgram(context, this.#program(metadata.codeHash));
    } catch (error) {
      if (
        error instanceof ChainFault &&
        error.fault === 'eosio_assert_message_exception' &&
        context.console !== ''
      )
        error.details.push(`pending console output: ${context.console}`);
      throw error;
    }
    trace.console = context.console;
    trace.cpuUs = ACTION_US + Math.floor((before - this.#fuel) / FUEL_PER_US);
    trace.receipt = this.#receipt(trace);
    this.digests.push(receiptHash(trace.receipt));
  }

  #program(hash: string): Program {
    let program = this.state.programs.get(hash);
    if (program === undefined) {
      const code = this.state.codes.get(hash);
      if (code === undefined) throw new Error(`expected the code ${hash} among the chain's codes`);
      program = compileProgram(code, this.host.functions);
      this.state.programs.set(hash, program);
    }
    return program;
  }

  #runProgram(context: ApplyContext, program: Program): void {
    const bind = (memory: WebAssembly.Memory): void => {
      this.host.frame.bind(context, memory);
    };
    try {
      program.run(this.#fuel, bind, context.receiver, context.act.account, context.act.name);
    } catch (error) {
      this.#fail(error, program);
    } finally {
      this.#fuel -= program.spent();
    }
  }

  #fail(error: unknown, program: Program): void {
    if (error instanceof ActionExit) return;
    if (program.exhausted())
      throw new ChainFault('tx_cpu_usage_exceeded', 'transaction was executing for too long');
    if (error instanceof ChainFault) throw error;
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError)
      throw new ChainFault('wasm_execution_error', 'eos-vm system failure', error.message);
    throw new ChainFault('std_exception', (error as Error).message);
  }

  #receipt(trace: ActionTrace): Receipt {
    const { state } = this;
    const globalSequence = (state.counters.get('global') ?? 0) + 1;
    state.counters.set('global', globalSequence);
    const received = sequencesOf(state, trace.receiver);
    state.sequences.set(trace.receiver, { ...received, received: received.received + 1 });
    const authSequence = new Map<bigint, number>();
    for (const { actor } of trace.act.authorization) {
      const sequences = sequencesOf(state, actor);
      state.sequences.set(actor, { ...sequences, authorized: sequences.authorized + 1 });
      authSequence.set(actor, sequences.authorized + 1);
    }
    const { code, abi } = sequencesOf(state, trace.act.account);
    return {
      receiver: trace.receiver,
      actDigest: trace.actDigest,
      globalSequence,
      recvSequence: received.received + 1,
      authSequence: [...authSequence].sort(([a], [b]) => (a < b ? -1 : 1)),
      codeSequence: code,
      abiSequence: abi,
    };
  }
}
