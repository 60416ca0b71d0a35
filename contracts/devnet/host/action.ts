import { nameText } from '../bytes/name.ts';
import { Reader } from '../bytes/reader.ts';
import { readAction } from '../chain/action.ts';
import { authorizeInline } from '../chain/authorize.ts';
import { actionDigest } from './trace.ts';
import { ChainFault, ensure } from '../chain/fault.ts';
import type { HostFunctions } from '../wasm/program.ts';
import type { ApplyContext } from './context.ts';
import type { Frame } from './frame.ts';
import { u64 } from './frame.ts';

const LARGEST_INLINE = 512 * 1024;

function sendInline(context: ApplyContext, bytes: Uint8Array): void {
  ensure(bytes.length <= LARGEST_INLINE, 'inline_action_too_big', () => 'inline action too big');
  const act = readAction(new Reader(bytes));
  const exists = context.state.accounts.has(act.account);
  ensure(
    exists,
    'action_validate_exception',
    () => `inline action's code account ${nameText(act.account)} does not exist`,
  );
  authorizeInline(context, act);
  context.inlines.push(context.trx.schedule(act, act.account, context.trace.ordinal, 0, actionDigest(act)));
}

/** The action's data and authority, notifications and inline actions. */
export function actionFunctions(frame: Frame): HostFunctions {
  return {
    action_data_size: (): number => frame.context.act.data.length,
    read_action_data: (at: number, size: number): number => {
      const { data } = frame.context.act;
      if (size === 0) return data.length;
      const taken = Math.min(size >>> 0, data.length);
      frame.put(at, taken === data.length ? data : data.subarray(0, taken));
      return taken;
    },
    current_receiver: (): bigint => frame.context.receiver,
    require_auth: (account: bigint): void => {
      frame.context.requireAuth(u64(account));
    },
    require_auth2: (account: bigint, permission: bigint): void => {
      frame.context.requireAuth2(u64(account), u64(permission));
    },
    has_auth: (account: bigint): number => (frame.context.hasAuth(u64(account)) ? 1 : 0),
    is_account: (account: bigint): number => (frame.context.state.accounts.has(u64(account)) ? 1 : 0),
    require_recipient: (account: bigint): void => {
      frame.context.requireRecipient(u64(account));
    },
    send_inline: (at: number, size: number): void => {
      sendInline(frame.context, frame.slice(at, size));
    },
    send_context_free_inline: (): never => {
      throw new ChainFault('unaccessible_api', 'context-free inline actions are not run by this chain');
    },
  };
}
