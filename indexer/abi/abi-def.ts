import { AbiError } from '../errors.ts';
import { abiFromJson } from './abi.ts';
import type { Abi } from './abi.ts';
import { compile } from './compile.ts';
import { Reader } from './reader.ts';

function struct(name: string, fields: Readonly<Record<string, string>>): Abi['structs'][number] {
  return { name, base: '', fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })) };
}

/** The ABI of ABIs: how nodeos packs `abi_def`. */
const abiOfAbis: Abi = {
  version: 'eosio::abi/1.1',
  types: [],
  structs: [
    struct('type_def', { new_type_name: 'string', type: 'string' }),
    struct('field_def', { name: 'string', type: 'string' }),
    struct('struct_def', { name: 'string', base: 'string', fields: 'field_def[]' }),
    struct('action_def', { name: 'name', type: 'string', ricardian_contract: 'string' }),
    struct('table_def', {
      name: 'name',
      index_type: 'string',
      key_names: 'string[]',
      key_types: 'string[]',
      type: 'string',
    }),
    struct('clause_pair', { id: 'string', body: 'string' }),
    struct('error_message', { code: 'uint64', message: 'string' }),
    struct('extension', { tag: 'uint16', data: 'bytes' }),
    struct('variant_def', { name: 'string', types: 'string[]' }),
    struct('abi_def', {
      version: 'string',
      types: 'type_def[]',
      structs: 'struct_def[]',
      actions: 'action_def[]',
      tables: 'table_def[]',
      ricardian_clauses: 'clause_pair[]',
      error_messages: 'error_message[]',
      abi_extensions: 'extension[]',
      variants: 'variant_def[]$',
    }),
  ],
  actions: [],
  tables: [],
  variants: [],
};

const abiDef = compile(abiOfAbis).codec('abi_def');

/**
 * Reads a packed `abi_def`, as `eosio::setabi` carries it; later additions at its end are passed over.
 * Throws DecodeError on torn bytes, AbiError on another version.
 */
export function unpackAbi(bytes: Uint8Array): Abi {
  const abi = abiFromJson(abiDef.decode(new Reader(bytes)));
  if (!abi.version.startsWith('eosio::abi/1.')) {
    throw new AbiError(`ABI: expected version eosio::abi/1.x, got '${abi.version.slice(0, 40)}'`);
  }
  return abi;
}
