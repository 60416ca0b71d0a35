import { nameNumber, nameText } from '../bytes/name.ts';
import { Reader } from '../bytes/reader.ts';
import type { ApplyContext } from '../host/context.ts';
import type { HostFunctions } from '../wasm/program.ts';
import { compileProgram } from '../wasm/program.ts';
import { ACCOUNT_COST, CODE_FACTOR, LINK_COST, permissionCost } from '../state/cost.ts';
import {
  ACTIVE,
  EOSIO_ANY,
  findPermission,
  linkKey,
  OWNER,
  permissionKey,
  sequencesOf,
  SYSTEM,
} from '../state/state.ts';
import type { State } from '../state/state.ts';
import type { Authority } from './authority.ts';
import { authorityJson, isValidAuthority, readAuthority } from './authority.ts';
import { ChainFault, ensure } from './fault.ts';
import { sha256 } from './hash.ts';

type Handler = (context: ApplyContext, reader: Reader, host: HostFunctions) => void;

function setPermission(
  context: ApplyContext,
  owner: bigint,
  name: bigint,
  parent: bigint,
  authority: Authority,
): number {
  const old = findPermission(context.state, owner, name);
  context.state.permissions.set(permissionKey(owner, name), {
    owner,
    name,
    parent,
    updated: context.trx.timeMs,
    authority,
  });
  return permissionCost(authority) - (old === undefined ? 0 : permissionCost(old.authority));
}

/** Accounts and permissions that an authority delegates to must exist. */
function ensureDelegates(state: State, { accounts }: Authority): void {
  for (const { level } of accounts) {
    ensure(
      state.accounts.has(level.actor),
      'action_validate_exception',
      () => `account '${nameText(level.actor)}' does not exist`,
    );
    const code = nameNumber('eosio.code');
    const known =
      level.permission === OWNER ||
      level.permission === ACTIVE ||
      level.permission === code ||
      findPermission(state, level.actor, level.permission) !== undefined;
    ensure(
      known,
      'action_validate_exception',
      () =>
        `permission '{"actor":"${nameText(level.actor)}","permission":"${nameText(level.permission)}"}' does not exist`,
    );
  }
}

/** Makes an account with its two permissions; shared with the genesis accounts. */
export function createAccount(state: State, timeMs: number, name: bigint): void {
  state.accounts.set(name, { created: timeMs, abi: new Uint8Array(0) });
  state.metadata.set(name, { privileged: false, codeHash: '', updated: 0 });
}

const newaccount: Handler = (context, reader) => {
  const { state } = context;
  const creator = reader.u64();
  const name = reader.u64();
  const owner = readAuthority(reader);
  const active = readAuthority(reader);
  context.requireAuth(creator);
  ensure(isValidAuthority(owner), 'action_validate_exception', () => 'Invalid owner authority');
  ensure(isValidAuthority(active), 'action_validate_exception', () => 'Invalid active authority');
  ensure(name !== 0n, 'action_validate_exception', () => 'account name cannot be empty');
  ensure((name & 15n) === 0n, 'action_validate_exception', () => 'account names can only be 12 chars long');
  const reserved = nameText(name).startsWith('eosio.') && state.metadata.get(creator)?.privileged !== true;
  ensure(
    !reserved,
    'action_validate_exception',
    () => "only privileged accounts can have names that start with 'eosio.'",
  );
  ensure(
    !state.accounts.has(name),
    'account_name_exists_exception',
    () => `Cannot create account named ${nameText(name)}, as that name is already taken`,
  );
  createAccount(state, context.trx.timeMs, name);
  for (const authority of [owner, active]) ensureDelegates(state, authority);
  const ram =
    ACCOUNT_COST +
    setPermission(context, name, OWNER, 0n, owner) +
    setPermission(context, name, ACTIVE, OWNER, active);
  context.addRam(name, ram);
};

const setcode: Handler = (context, reader, host) => {
  const { state } = context;
  const account = reader.u64();
  const type = reader.u8();
  const version = reader.u8();
  const code = Uint8Array.from(reader.blob());
  context.requireAuth(account);
  ensure(type === 0, 'invalid_contract_vm_type', () => 'code should be 0');
  ensure(version === 0, 'invalid_contract_vm_version', () => 'version should be 0');
  const metadata = state.metadata.get(account);
  ensure(metadata !== undefined, 'account_query_exception', () => `unknown account ${nameText(account)}`);
  const hash = code.length === 0 ? '' : sha256(code).toString('hex');
  ensure(hash !== metadata.codeHash, 'set_exact_code', () =>
    hash === '' ? 'contract is already cleared' : 'contract is already running this version of code',
  );
  if (hash !== '' && !state.programs.has(hash)) state.programs.set(hash, compile(code, host));
  if (hash !== '' && !state.codes.has(hash)) state.codes.set(hash, code);
  const before = state.codes.get(metadata.codeHash)?.length ?? 0;
  state.metadata.set(account, { ...metadata, codeHash: hash, updated: context.trx.timeMs });
  if (!isRun(state, metadata.codeHash)) state.codes.delete(metadata.codeHash);
  const sequences = sequencesOf(state, account);
  state.sequences.set(account, { ...sequences, code: sequences.code + 1 });
  if (code.length !== before) context.addRam(account, (code.length - before) * CODE_FACTOR);
};

/** Whether some account runs this code; nobody's code is not kept. */
function isRun(state: State, hash: string): boolean {
  if (hash === '') return true;
  for (const { codeHash } of state.metadata.map.values()) if (codeHash === hash) return true;
  return false;
}

function compile(code: Uint8Array, host: HostFunctions) {
  try {
    return compileProgram(code, host);
  } catch (error) {
    throw new ChainFault('wasm_serialization_error', (error as Error).message);
  }
}

const setabi: Handler = (context, reader) => {
  const { state } = context;
  const account = reader.u64();
  const abi = Uint8Array.from(reader.blob());
  context.requireAuth(account);
  const old = state.accounts.get(account);
  ensure(old !== undefined, 'account_query_exception', () => `unknown account ${nameText(account)}`);
  state.accounts.set(account, { ...old, abi });
  const sequences = sequencesOf(state, account);
  state.sequences.set(account, { ...sequences, abi: sequences.abi + 1 });
  if (abi.length !== old.abi.length) context.addRam(account, abi.length - old.abi.length);
};

const updateauth: Handler = (context, reader) => {
  const { state } = context;
  const account = reader.u64();
  const name = reader.u64();
  const parent = reader.u64();
  const authority = readAuthority(reader);
  context.requireAuth(account);
  ensure(name !== 0n, 'action_validate_exception', () => 'Cannot create authority with empty name');
  ensure(
    !nameText(name).startsWith('eosio.'),
    'action_validate_exception',
    () => "Permission names that start with 'eosio.' are reserved",
  );
  ensure(name !== parent, 'action_validate_exception', () => 'Cannot set an authority as its own parent');
  ensure(
    isValidAuthority(authority),
    'action_validate_exception',
    () => `Invalid authority: ${JSON.stringify(authorityJson(authority))}`,
  );
  if (name === ACTIVE)
    ensure(
      parent === OWNER,
      'action_validate_exception',
      () => `Cannot change active authority's parent from owner`,
    );
  if (name === OWNER)
    ensure(parent === 0n, 'action_validate_exception', () => `Cannot change owner authority's parent`);
  else
    ensure(parent !== 0n, 'action_validate_exception', () => 'Only owner permission can have empty parent');
  ensureDelegates(state, authority);
  const old = findPermission(state, account, name);
  if (old === undefined || old.parent !== parent) {
    const known = parent === 0n || findPermission(state, account, parent) !== undefined;
    ensure(
      known,
      'permission_query_exception',
      () =>
        `Failed to retrieve permission: {"actor":"${nameText(account)}","permission":"${nameText(parent)}"}`,
    );
    ensure(
      old === undefined,
      'action_validate_exception',
      () => 'Changing parent authority is not currently supported',
    );
  }
  context.addRam(account, setPermission(context, account, name, parent, authority));
};

const deleteauth: Handler = (context, reader) => {
  const { state } = context;
  const account = reader.u64();
  const name = reader.u64();
  context.requireAuth(account);
  ensure(name !== ACTIVE, 'action_validate_exception', () => 'Cannot delete active authority');
  ensure(name !== OWNER, 'action_validate_exception', () => 'Cannot delete owner authority');
  const row = findPermission(state, account, name);
  ensure(
    row !== undefined,
    'permission_query_exception',
    () => `Failed to retrieve permission: {"actor":"${nameText(account)}","permission":"${nameText(name)}"}`,
  );
  for (const link of state.links.map.values()) {
    ensure(
      link.account !== account || link.requirement !== name,
      'action_validate_exception',
      () =>
        `Cannot delete a linked authority. Unlink the authority first. This authority is linked to ${nameText(link.code)}::${nameText(link.type)}.`,
    );
  }
  for (const child of state.permissions.map.values()) {
    ensure(
      child.owner !== account || child.parent !== name,
      'action_validate_exception',
      () => 'Cannot remove a permission which has children. Remove the children first.',
    );
  }
  state.permissions.delete(permissionKey(account, name));
  context.addRam(account, -permissionCost(row.authority));
};

const linkauth: Handler = (context, reader) => {
  const { state } = context;
  const account = reader.u64();
  const code = reader.u64();
  const type = reader.u64();
  const requirement = reader.u64();
  context.requireAuth(account);
  ensure(requirement !== 0n, 'action_validate_exception', () => 'Required permission cannot be empty');
  ensure(
    state.accounts.has(code),
    'account_query_exception',
    () => `Failed to retrieve code for account: ${nameText(code)}`,
  );
  const known = requirement === EOSIO_ANY || findPermission(state, account, requirement) !== undefined;
  ensure(
    known,
    'permission_query_exception',
    () => `Failed to retrieve permission: ${nameText(requirement)}`,
  );
  const key = linkKey(account, code, type);
  const old = state.links.get(key);
  ensure(
    old?.requirement !== requirement,
    'action_validate_exception',
    () => 'Attempting to update required authority, but new requirement is same as old',
  );
  state.links.set(key, { account, code, type, requirement });
  if (old === undefined) context.addRam(account, LINK_COST);
};

const unlinkauth: Handler = (context, reader) => {
  const { state } = context;
  const account = reader.u64();
  const key = linkKey(account, reader.u64(), reader.u64());
  context.requireAuth(account);
  ensure(
    state.links.has(key),
    'action_validate_exception',
    () => 'Attempting to unlink authority, but no link found',
  );
  state.links.delete(key);
  context.addRam(account, -LINK_COST);
};

const HANDLERS = new Map<bigint, Handler>(
  Object.entries({ newaccount, setcode, setabi, updateauth, deleteauth, linkauth, unlinkauth }).map(
    ([name, handler]) => [nameNumber(name), handler],
  ),
);

/** Runs the chain's own action where the context's is one. */
export function applyNative(context: ApplyContext, host: HostFunctions): void {
  if (context.receiver !== SYSTEM || context.act.account !== SYSTEM) return;
  const handler = HANDLERS.get(context.act.name);
  if (handler === undefined) return;
  try {
    handler(context, new Reader(context.act.data), host);
  } catch (error) {
    if (error instanceof RangeError) throw new ChainFault('invalid_action_args_exception', error.message);
    throw error;
  }
}
