import { legacyPublicKeyText } from '../../chain/keys.ts';
import { nameText } from '../bytes/name.ts';
import { Reader } from '../bytes/reader.ts';
import type { ApplyContext } from '../host/context.ts';
import {
  ACTIVE,
  EOSIO_ANY,
  EOSIO_CODE,
  findPermission,
  linkKey,
  permissionKey,
  SYSTEM,
} from '../state/state.ts';
import type { PermissionRow, State } from '../state/state.ts';
import type { Level, PackedAction } from './action.ts';
import { levelText } from './authority.ts';
import type { Authority, KeyWeight, LevelWeight } from './authority.ts';
import { ChainFault, ensure } from './fault.ts';

const DEEPEST = 6;
const DELAY_LIMIT_MS = 3_888_000_000;

export function getPermission(state: State, level: Level): PermissionRow {
  const row = findPermission(state, level.actor, level.permission);
  if (row === undefined)
    throw new ChainFault('permission_query_exception', `Failed to retrieve permission: ${levelText(level)}`);
  return row;
}

const ordered = new WeakMap<Authority, readonly (KeyWeight | LevelWeight)[]>();

/** What an authority may be reached by; an authority is never changed, only replaced. */
function heaviestFirst(authority: Authority): readonly (KeyWeight | LevelWeight)[] {
  let parts = ordered.get(authority);
  if (parts === undefined) {
    parts = [...authority.keys, ...authority.accounts].sort((a, b) => b.weight - a.weight);
    ordered.set(authority, parts);
  }
  return parts;
}

/** Whether signing keys and given permission levels reach what permissions ask; remembers which keys mattered. */
export class Checker {
  readonly #state: State;
  readonly #keys: readonly Uint8Array[];
  readonly #given: readonly Level[];
  #used = new Set<number>();
  readonly #known = new Map<bigint, boolean>();

  constructor(state: State, keys: readonly Uint8Array[], given: readonly Level[]) {
    this.#state = state;
    this.#keys = keys;
    this.#given = given;
  }
  satisfied(level: Level, depth = 0): boolean {
    if (this.#given.some(({ actor, permission }) => actor === level.actor && permission === level.permission))
      return true;
    const row = findPermission(this.#state, level.actor, level.permission);
    if (row === undefined) return false;
    const key = permissionKey(level.actor, level.permission);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const result = this.#reaches(row.authority, depth);
    if (result || depth === 0) this.#known.set(key, result);
    return result;
  }
  #reaches(authority: Authority, depth: number): boolean {
    const before = new Set(this.#used);
    let weight = 0;
    for (const part of heaviestFirst(authority)) {
      if ('key' in part) {
        const index = this.#keys.findIndex((key) => Buffer.compare(key, part.key) === 0);
        if (index < 0) continue;
        this.#used.add(index);
      } else if (depth >= DEEPEST || !this.satisfied(part.level, depth + 1)) continue;
      weight += part.weight;
      if (weight >= authority.threshold) return true;
    }
    this.#used = before;
    return false;
  }
  unused(): Uint8Array[] {
    return this.#keys.filter((_, index) => !this.#used.has(index));
  }
}

/** Whether `held` is `wanted` or stands above it in the account's tree. */
function covers(state: State, held: PermissionRow, wanted: PermissionRow): boolean {
  if (held.owner !== wanted.owner) return false;
  for (
    let row: PermissionRow | undefined = wanted;
    row !== undefined;
    row = findPermission(state, row.owner, row.parent)
  ) {
    if (row.name === held.name) return true;
  }
  return false;
}

function ensureCovers(state: State, declared: Level, wanted: PermissionRow, what: string): void {
  const enough = covers(state, getPermission(state, declared), wanted);
  ensure(
    enough,
    'irrelevant_auth_exception',
    () =>
      `${what} declares irrelevant authority '${levelText(declared)}'; minimum authority is ${levelText({ actor: wanted.owner, permission: wanted.name })}`,
  );
}

/** The least permission with which an actor may send an action; undefined = any will do. */
function minimumFor(state: State, actor: bigint, code: bigint, type: bigint): bigint | undefined {
  const link = state.links.get(linkKey(actor, code, type)) ?? state.links.get(linkKey(actor, code, 0n));
  if (link === undefined) return ACTIVE;
  return link.requirement === EOSIO_ANY ? undefined : link.requirement;
}

/** Actions about permissions: how nodeos calls them, and what they touch. */
const PERMISSION_ACTIONS: Readonly<Record<string, readonly [what: string, touched: string]>> = {
  updateauth: ['updateauth action', 'affected permission'],
  deleteauth: ['deleteauth action', 'permission to delete'],
  linkauth: ['link action', 'linked permission'],
  unlinkauth: ['unlink action', 'linked permission'],
};

/** Actions that change permissions need the very permission they touch, or one above it. */
function authorizePermissionAction(state: State, act: PackedAction): boolean {
  const kind = act.account === SYSTEM ? nameText(act.name) : '';
  const [what, touched] = PERMISSION_ACTIONS[kind] ?? [];
  if (what === undefined || touched === undefined) return false;
  const [declared] = act.authorization;
  ensure(
    declared !== undefined && act.authorization.length === 1,
    'irrelevant_auth_exception',
    () => `${what} should only have one declared authorization`,
  );
  const reader = new Reader(act.data);
  const account = reader.u64();
  ensure(
    declared.actor === account,
    'irrelevant_auth_exception',
    () => `the owner of the ${touched} needs to be the actor of the declared authorization`,
  );
  if (kind === 'updateauth' || kind === 'deleteauth') {
    const name = reader.u64();
    const wanted =
      findPermission(state, account, name) ??
      (kind === 'updateauth'
        ? getPermission(state, { actor: account, permission: reader.u64() })
        : undefined);
    ensureCovers(state, declared, wanted ?? getPermission(state, { actor: account, permission: name }), what);
    return true;
  }
  const code = reader.u64();
  const type = reader.u64();
  const linkable =
    code !== SYSTEM || ![...Object.keys(PERMISSION_ACTIONS), 'canceldelay'].includes(nameText(type));
  ensure(
    linkable,
    'action_validate_exception',
    () => `Cannot link eosio::${nameText(type)} to a minimum permission`,
  );
  if (kind === 'unlinkauth')
    ensure(
      state.links.has(linkKey(account, code, type)),
      'transaction_exception',
      () =>
        `cannot unlink non-existent permission link of account '${nameText(account)}' for actions matching '${nameText(code)}::${nameText(type)}'`,
    );
  const present = minimumFor(state, account, code, type);
  if (present !== undefined)
    ensureCovers(state, declared, getPermission(state, { actor: account, permission: present }), what);
  return true;
}

function authorize(
  state: State,
  actions: readonly PackedAction[],
  checker: Checker,
  refuse: (level: Level) => never,
): void {
  const wanted = new Map<bigint, Level>();
  for (const act of actions) {
    const special = authorizePermissionAction(state, act);
    for (const level of act.authorization) {
      if (!special) {
        const minimum = minimumFor(state, level.actor, act.account, act.name);
        if (minimum !== undefined && minimum !== level.permission) {
          ensureCovers(
            state,
            level,
            getPermission(state, { actor: level.actor, permission: minimum }),
            'action',
          );
        }
      }
      wanted.set(permissionKey(level.actor, level.permission), level);
    }
  }
  for (const level of wanted.values()) if (!checker.satisfied(level)) refuse(level);
}

/** Refuses a transaction whose signers do not reach the authority it declares, or that carries needless signatures. */
export function authorizeTransaction(
  state: State,
  actions: readonly PackedAction[],
  keys: readonly Uint8Array[],
): void {
  const checker = new Checker(state, keys, []);
  const listed = (some: readonly Uint8Array[]): string =>
    `[${some.map((key) => `"${legacyPublicKeyText(key)}"`).join(',')}]`;
  authorize(state, actions, checker, (level) => {
    throw new ChainFault(
      'unsatisfied_authorization',
      `transaction declares authority '${levelText(level)}', but does not have signatures for it under a provided delay of 0 ms, ` +
        `provided permissions [], provided keys ${listed(keys)}, and a delay max limit of ${String(DELAY_LIMIT_MS)} ms`,
    );
  });
  const unused = checker.unused();
  ensure(
    unused.length === 0,
    'tx_irrelevant_sig',
    () => `transaction bears irrelevant signatures from these keys: ${listed(unused)}`,
  );
}

/** Refuses an inline action that the sending contract may not authorise: it signs as itself by `eosio.code`. */
export function authorizeInline(context: ApplyContext, act: PackedAction): void {
  const { state, receiver, privileged } = context;
  for (const level of act.authorization) {
    ensure(
      state.accounts.has(level.actor),
      'action_validate_exception',
      () => `inline action's authorizing actor ${nameText(level.actor)} does not exist`,
    );
    ensure(
      findPermission(state, level.actor, level.permission) !== undefined,
      'action_validate_exception',
      () => `inline action's authorizations include a non-existent permission: ${levelText(level)}`,
    );
  }
  if (privileged) return;
  const self = { actor: receiver, permission: EOSIO_CODE };
  const toSelf = act.account === receiver;
  const inherits = toSelf && receiver === context.act.account;
  const inherited = inherits
    ? act.authorization.filter((level) =>
        context.act.authorization.some(
          (held) => held.actor === level.actor && held.permission === level.permission,
        ),
      )
    : [];
  const checker = new Checker(state, [], [self, ...inherited]);
  authorize(state, [act], checker, (level) => {
    if (toSelf)
      throw new ChainFault(
        'subjective_block_production_exception',
        'Authorization failure with inline action sent to self',
      );
    throw new ChainFault(
      'unsatisfied_authorization',
      `transaction declares authority '${levelText(level)}', but does not have signatures for it under a provided delay of 0 ms, ` +
        `provided permissions [${levelText(self)}], provided keys [], and a delay max limit of ${String(DELAY_LIMIT_MS)} ms`,
    );
  });
}

/** Those of the offered keys that a transaction declaring these levels needs. Throws where they do not suffice. */
export function requiredKeys(
  state: State,
  levels: readonly Level[],
  offered: readonly Uint8Array[],
): Uint8Array[] {
  const checker = new Checker(state, offered, []);
  for (const level of levels)
    ensure(
      checker.satisfied(level),
      'unsatisfied_authorization',
      () => `transaction declares authority '${levelText(level)}', but does not have signatures for it.`,
    );
  const unused = new Set(checker.unused());
  return offered.filter((key) => !unused.has(key));
}
