import { ABI } from '@wharfkit/antelope';

type Field = readonly [name: string, type: string];

const struct = (name: string, ...fields: readonly Field[]) => ({
  name,
  base: '',
  fields: fields.map(([field, type]) => ({ name: field, type })),
});

const actions = ['newaccount', 'setcode', 'setabi', 'updateauth', 'deleteauth', 'linkauth', 'unlinkauth'];

/**
 * The actions that every Antelope chain knows natively, before (and after) a system contract is deployed:
 * a fresh chain has no ABI for `eosio`, so clients bring this one. Field names and order are the protocol's.
 */
export const nativeAbi: ABI = ABI.from({
  version: 'eosio::abi/1.1',
  types: [],
  structs: [
    struct('permission_level', ['actor', 'name'], ['permission', 'name']),
    struct('key_weight', ['key', 'public_key'], ['weight', 'uint16']),
    struct('permission_level_weight', ['permission', 'permission_level'], ['weight', 'uint16']),
    struct('wait_weight', ['wait_sec', 'uint32'], ['weight', 'uint16']),
    struct(
      'authority',
      ['threshold', 'uint32'],
      ['keys', 'key_weight[]'],
      ['accounts', 'permission_level_weight[]'],
      ['waits', 'wait_weight[]'],
    ),
    struct(
      'newaccount',
      ['creator', 'name'],
      ['name', 'name'],
      ['owner', 'authority'],
      ['active', 'authority'],
    ),
    struct('setcode', ['account', 'name'], ['vmtype', 'uint8'], ['vmversion', 'uint8'], ['code', 'bytes']),
    struct('setabi', ['account', 'name'], ['abi', 'bytes']),
    struct(
      'updateauth',
      ['account', 'name'],
      ['permission', 'name'],
      ['parent', 'name'],
      ['auth', 'authority'],
    ),
    struct('deleteauth', ['account', 'name'], ['permission', 'name']),
    struct('linkauth', ['account', 'name'], ['code', 'name'], ['type', 'name'], ['requirement', 'name']),
    struct('unlinkauth', ['account', 'name'], ['code', 'name'], ['type', 'name']),
  ],
  actions: actions.map((name) => ({ name, type: name, ricardian_contract: '' })),
  tables: [],
  ricardian_clauses: [],
  variants: [],
  action_results: [],
});
