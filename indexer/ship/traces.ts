import type { Skip } from '../abi/codec.ts';
import type { Types } from '../abi/compile.ts';
import type { Reader } from '../abi/reader.ts';
import { FatalError } from '../errors.ts';
import { project, projectVariant } from './project.ts';

/** Status byte of a transaction whose effects are in the state. */
const executed = 0;

/**
 * One action of an executed transaction, as places in the message's bytes: the same object is filled again for every action,
 * so nothing may keep it. 64-bit names are halves.
 */
export class ActionTrace {
  txIdAt = 0;
  txIndex = 0;
  ordinal = 0;
  creator = 0;
  receiverLow = 0;
  receiverHigh = 0;
  accountLow = 0;
  accountHigh = 0;
  nameLow = 0;
  nameHigh = 0;
  hasReceipt = false;
  sequenceAt = 0;
  digestAt = 0;
  codeSequence = 0;
  abiSequence = 0;
  actorsAt = 0;
  actors = 0;
  dataAt = 0;
  dataEnd = 0;
}

export type Visitor = {
  /** An executed transaction begins. */
  transaction(): void;
  /** An executed action, notifications included, in trace order. */
  action(trace: ActionTrace): void;
};

/** Walks a block's packed `transaction_trace[]` without making objects. Built from the protocol's own ABI. */
export type TraceWalk = (from: Reader, visitor: Visitor) => void;

export function createTraceWalk(types: Types): TraceWalk {
  const trace = new ActionTrace();
  let visit: Visitor = { transaction: () => undefined, action: () => undefined };
  let status = 0;

  const receipt = projectVariant(types, 'action_receipt', (name) =>
    project(types, name, {
      act_digest: ['checksum256', (from) => void (trace.digestAt = from.take(32, 'checksum256'))],
      global_sequence: ['uint64', (from) => void (trace.sequenceAt = from.take(8, 'uint64'))],
      code_sequence: ['varuint32', (from) => void (trace.codeSequence = from.varuint32())],
      abi_sequence: ['varuint32', (from) => void (trace.abiSequence = from.varuint32())],
    }),
  );
  const act = project(types, 'action', actFields(trace));
  const action = projectVariant(types, 'action_trace', (name) =>
    project(types, name, {
      action_ordinal: ['varuint32', (from) => void (trace.ordinal = from.varuint32())],
      creator_action_ordinal: ['varuint32', (from) => void (trace.creator = from.varuint32())],
      receipt: [
        'action_receipt?',
        (from) => {
          trace.hasReceipt = from.flag('action_receipt?');
          if (trace.hasReceipt) receipt(from);
        },
      ],
      receiver: [
        'name',
        (from) => {
          const at = from.take(8, 'name');
          trace.receiverLow = from.view.getUint32(at, true);
          trace.receiverHigh = from.view.getUint32(at + 4, true);
        },
      ],
      act: ['action', act],
    }),
  );

  function actions(from: Reader): void {
    const count = from.count(1, 'action_trace[]');
    for (let i = 1; i <= count; i++) {
      action(from);
      if (status !== executed) continue;
      if (trace.ordinal !== i) {
        throw new FatalError(
          `action ordinals of a transaction are not contiguous: expected ${i}, got ${trace.ordinal}`,
        );
      }
      visit.action(trace);
    }
  }

  const transaction = projectVariant(types, 'transaction_trace', (name) =>
    project(types, name, {
      id: ['checksum256', (from) => void (trace.txIdAt = from.take(32, 'checksum256'))],
      status: [
        'uint8',
        (from) => {
          status = from.u8();
          if (status === executed) visit.transaction();
        },
      ],
      action_traces: ['action_trace[]', actions],
    }),
  );

  return (from, visitor) => {
    visit = visitor;
    const count = from.count(1, 'transaction_trace[]');
    for (trace.txIndex = 0; trace.txIndex < count; trace.txIndex++) transaction(from);
    if (from.pos !== from.end) from.fail('transaction_trace[]', `${from.end - from.pos} bytes too many`);
  };
}

function actFields(trace: ActionTrace): Readonly<Record<string, readonly [string, Skip]>> {
  return {
    account: [
      'name',
      (from) => {
        const at = from.take(8, 'name');
        trace.accountLow = from.view.getUint32(at, true);
        trace.accountHigh = from.view.getUint32(at + 4, true);
      },
    ],
    name: [
      'name',
      (from) => {
        const at = from.take(8, 'name');
        trace.nameLow = from.view.getUint32(at, true);
        trace.nameHigh = from.view.getUint32(at + 4, true);
      },
    ],
    authorization: [
      'permission_level[]',
      (from) => {
        trace.actors = from.count(16, 'permission_level[]');
        trace.actorsAt = from.take(trace.actors * 16, 'permission_level[]');
      },
    ],
    data: [
      'bytes',
      (from) => {
        trace.dataAt = from.blob('bytes');
        trace.dataEnd = from.pos;
      },
    ],
  };
}
