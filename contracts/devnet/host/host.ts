import type { HostFunctions } from '../wasm/program.ts';
import { actionFunctions } from './action.ts';
import { consoleFunctions } from './console.ts';
import { cryptoFunctions } from './crypto.ts';
import { databaseFunctions } from './database.ts';
import { Frame } from './frame.ts';
import { secondaryFunctions } from './secondary.ts';
import { systemFunctions } from './system.ts';

export type Host = { readonly frame: Frame; readonly functions: HostFunctions };

/** Antelope's intrinsics that contracts of this chain may import. */
export function createHost(): Host {
  const frame = new Frame();
  const families = [
    actionFunctions,
    databaseFunctions,
    secondaryFunctions,
    systemFunctions,
    cryptoFunctions,
    consoleFunctions,
  ];
  return { frame, functions: Object.assign({}, ...families.map((family) => family(frame))) as HostFunctions };
}
