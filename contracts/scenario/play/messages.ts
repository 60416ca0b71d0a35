import type { Ids } from '../acts/ids.ts';
import type { RegionPlan } from '../plan.ts';
import type { PackedBlock } from './packer.ts';

export type PackWorkerData = {
  readonly plan: RegionPlan;
  readonly chainId: string;
  /** The chain's head: blocks up to it are made. */
  readonly after: number;
  readonly shared: SharedArrayBuffer;
};

export type PackMessage =
  /** The counters that the plan foretells at the chain's head. */
  | { readonly type: 'found'; readonly ids: Ids }
  | { readonly type: 'block'; readonly block: PackedBlock }
  /** The last block was sent. */
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly message: string };
