import { ABI, Serializer } from '@wharfkit/antelope';
import type { Action, ChainDriver, Receipt } from './driver.ts';
import { parsePrivateKey, publicKeyOf, publicKeyText } from './keys.ts';

/** The publicly known development key that a fresh chain gives to `eosio`. Anyone can sign with it: for test chains only. */
export const developmentKey = '5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3';

/** A contract's code as built: `abi` is the ABI's JSON. */
export type Code = { readonly wasm: Uint8Array; readonly abi: unknown };

const native = (name: string, actor: string, data: Record<string, unknown>): Action => ({
  account: 'eosio',
  name,
  authorization: [{ actor, permission: 'active' }],
  data,
});

const authority = (publicKey: string, inline?: string) => ({
  threshold: 1,
  keys: [{ key: publicKey, weight: 1 }],
  accounts:
    inline === undefined ? [] : [{ permission: { actor: inline, permission: 'eosio.code' }, weight: 1 }],
  waits: [],
});

/** PUB_K1_ text of a private key (WIF or PVT_K1_). */
export const publicText = (privateKey: string): string =>
  publicKeyText(publicKeyOf(parsePrivateKey(privateKey)));

/**
 * The action that makes an account whose owner and active permissions are one key. A `guardian` is a contract that may also act as
 * owner, to give the account another key when this one is lost; it must exist.
 */
export const newAccount = (
  name: string,
  publicKey: string,
  { creator = 'eosio', guardian }: { readonly creator?: string; readonly guardian?: string } = {},
): Action =>
  native('newaccount', creator, {
    creator,
    name,
    owner: authority(publicKey, guardian),
    active: authority(publicKey),
  });

/** Makes an account, created and paid for by `eosio`. Throws `ChainError` 3050001 where the name is taken. */
export const createAccount = (
  driver: ChainDriver,
  name: string,
  publicKey: string,
  creatorKey: string = developmentKey,
): Promise<Receipt> => driver.transact([newAccount(name, publicKey)], [creatorKey]);

function setCode(account: string, code: Code): Action[] {
  const abi = Serializer.encode({ object: ABI.from(code.abi as ABI.Def) }).hexString;
  const wasm = Buffer.from(code.wasm).toString('hex');
  return [
    native('setcode', account, { account, vmtype: 0, vmversion: 0, code: wasm }),
    native('setabi', account, { account, abi }),
  ];
}

/** Sets code and ABI in one transaction, signed by the account itself. */
export function deploy(driver: ChainDriver, account: string, code: Code, key: string): Promise<Receipt> {
  return driver.transact(setCode(account, code), [key]);
}

/**
 * The actions that set code and take the keys off the account, for one transaction: from then on only its code acts in its name, so
 * nobody can write a log action by hand, and only `owner`'s active permission can change the code.
 */
export function sealedCode(account: string, code: Code, owner: string): readonly Action[] {
  const only = (actor: string, permission: string) => ({
    threshold: 1,
    keys: [],
    accounts: [{ permission: { actor, permission }, weight: 1 }],
    waits: [],
  });
  const update = (permission: string, parent: string, auth: object): Action => ({
    ...native('updateauth', account, { account, permission, parent, auth }),
    authorization: [{ actor: account, permission: 'owner' }],
  });
  return [
    ...setCode(account, code),
    update('active', 'owner', only(account, 'eosio.code')),
    update('owner', '', only(owner, 'active')),
  ];
}

/** Deploys and seals a contract, signed by the key that its account was made with. */
export const deploySealed = (
  driver: ChainDriver,
  account: string,
  code: Code,
  { key, owner }: { readonly key: string; readonly owner: string },
): Promise<Receipt> => driver.transact(sealedCode(account, code, owner), [key]);

/** Lets the account's contract send inline actions in its own name: adds `<account>@eosio.code` to its active permission. */
export function allowInline(driver: ChainDriver, account: string, key: string): Promise<Receipt> {
  const auth = authority(publicText(key), account);
  return driver.transact(
    [native('updateauth', account, { account, permission: 'active', parent: 'owner', auth })],
    [key],
  );
}
