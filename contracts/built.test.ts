import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ABI } from '@wharfkit/antelope';
import { describe, expect, it } from 'vitest';
import { CONTRACTS, builtContract } from './built.ts';
import { nameNumber } from './devnet/bytes/name.ts';

const sums = readFileSync(new URL('./build/SHA256SUMS', import.meta.url), 'utf8');

/** The host functions that the contracts need so far: the embedded chain refuses a contract that needs one it lacks. */
const INTRINSICS = [
  'action_data_size',
  'current_time',
  'db_end_i64',
  'db_find_i64',
  'db_get_i64',
  'db_idx256_find_primary',
  'db_idx256_lowerbound',
  'db_idx256_remove',
  'db_idx256_store',
  'db_idx256_update',
  'db_lowerbound_i64',
  'db_next_i64',
  'db_remove_i64',
  'db_store_i64',
  'db_update_i64',
  'eosio_assert',
  'is_account',
  'memcpy',
  'read_action_data',
  'require_auth',
  'send_inline',
];

describe.each(CONTRACTS)('%s as built', (name) => {
  const { wasm, abi, sha256 } = builtContract(name);

  it('is the file that SHA256SUMS names', () => {
    const text = readFileSync(new URL(`./build/${name}.abi`, import.meta.url));
    expect(sums).toContain(`${sha256}  ${name}.wasm\n`);
    expect(sums).toContain(`${createHash('sha256').update(text).digest('hex')}  ${name}.abi\n`);
  });

  it('asks its host for no more than these functions', () => {
    const module = new WebAssembly.Module(wasm);
    const imports = WebAssembly.Module.imports(module).map(({ name: intrinsic }) => intrinsic);
    expect(imports.filter((intrinsic) => !INTRINSICS.includes(intrinsic))).toEqual([]);
  });

  it('refuses an action that it does not have', () => {
    const said = refusalOf(wasm, nameNumber(name), nameNumber('nosuchaction'));
    expect(said).toBe("action: one of the contract's expected, came nosuchaction");
  });

  it('has an ABI whose every type resolves', () => {
    const parsed = ABI.from(abi as ABI.Def);
    for (const { type } of [...parsed.actions, ...parsed.tables])
      for (const field of parsed.resolveType(type).fields ?? [])
        expect(field.type.fields !== undefined || isBuiltIn(field.type.name)).toBe(true);
  });
});

/** What the code says when an action without data is sent to it, by itself, on a host that holds nothing. */
function refusalOf(wasm: Uint8Array, receiver: bigint, action: bigint): string | undefined {
  let said: string | undefined;
  const module = new WebAssembly.Module(Uint8Array.from(wasm));
  const names = WebAssembly.Module.imports(module).map((one) => one.name);
  const host: Record<string, (...args: number[]) => number> = Object.fromEntries(
    names.map((one) => [one, () => 0]),
  );
  host['eosio_assert'] = (test = 0, at = 0) => {
    const bytes = Buffer.from(memory.buffer);
    if (test === 0) said ??= bytes.toString('utf8', at, bytes.indexOf(0, at));
    return 0;
  };
  const { exports } = new WebAssembly.Instance(module, { env: host });
  const memory = exports['memory'] as WebAssembly.Memory;
  (exports['apply'] as (...args: bigint[]) => void)(receiver, receiver, action);
  return said;
}

const isBuiltIn = (type: string): boolean =>
  /^(u?int(8|16|32|64)|bool|string|name|asset|symbol|checksum256|public_key|time_point_sec)$/.test(type);
