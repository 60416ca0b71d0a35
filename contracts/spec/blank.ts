import { ABI } from '@wharfkit/antelope';
import { type ContractName, builtContract } from '../built.ts';
import { publicText, developmentKey } from '../chain/system.ts';
import { ZERO_HASH } from './world.ts';

const BLANKS: Readonly<Record<string, unknown>> = {
  name: '',
  string: '',
  bool: false,
  asset: '0.00 RUB',
  symbol: '0,PCS',
  checksum256: ZERO_HASH,
  time_point_sec: '1970-01-01T00:00:00',
  public_key: publicText(developmentKey),
};

/** Names of the contract's actions, and data of each that packs but says nothing. */
export function blankActions(contract: ContractName): [action: string, data: Record<string, unknown>][] {
  const abi = ABI.from(builtContract(contract).abi as ABI.Def);
  return abi.actions.map(({ name, type }) => [String(name), blankStruct(abi.resolveType(type))]);
}

const blankStruct = (type: ABI.ResolvedType): Record<string, unknown> =>
  Object.fromEntries((type.fields ?? []).map(({ name, type: field }) => [name, blank(field)]));

function blank(type: ABI.ResolvedType): unknown {
  if (type.isArray) return [];
  if (type.fields !== undefined) return blankStruct(type);
  if (/^u?int(8|16|32|64)$/.test(type.name)) return 0;
  if (!(type.name in BLANKS)) throw new Error(`a type with a blank expected, came ${type.name}`);
  return BLANKS[type.name];
}
