import type { AbiPlan, Shape } from './abi-plan.ts';
import type { Value } from './values.ts';

export const chainId = 'c0'.repeat(32);
/** Contracts whose actions are asked for; names with dots give tables with underscores, which may meet. */
export const watched: readonly string[] = ['shop', 'shop.b', 'depot'];

/** An ABI as an account had it set; the plan is null where the bytes are no ABI. */
export type AbiSet = { readonly account: string; readonly bytes: Uint8Array; readonly plan: AbiPlan | null };

/** Code as an account had it set; empty where it was removed. */
export type CodeSet = { readonly account: string; readonly code: Uint8Array };

/** An executed action with all that the tables must say of it; `values` are null where its ABI cannot read the data. */
export type SimAction = {
  readonly ordinal: number;
  readonly creator: number;
  readonly receiver: string;
  readonly account: string;
  readonly name: string;
  readonly actors: readonly (readonly [actor: string, permission: string])[];
  readonly sequence: number;
  readonly abiSequence: number;
  readonly codeSequence: number;
  readonly digest: string;
  readonly data: Uint8Array;
  readonly values: readonly Value[] | null;
  readonly abi: AbiSet | null;
  readonly code: CodeSet | null;
};

export type SimTransaction = {
  readonly id: string;
  /** 0 executed, 1 soft fail, 2 hard fail, 3 delayed, 4 expired. */
  readonly status: number;
  readonly actions: readonly SimAction[];
};

/** A row of a contract's table; `values` are null where its shape cannot read the data. */
export type SimRow = {
  readonly contract: string;
  readonly table: string;
  readonly scope: string;
  readonly key: bigint;
  readonly payer: string;
  readonly data: Uint8Array;
  readonly values: readonly Value[] | null;
  /** What the data was packed by; null where the ABI knows no such table. */
  readonly shape: Shape | null;
};

/** A net change of a row by one block: how it stands, or how it stood before it was removed. */
export type SimChange = { readonly isPresent: boolean; readonly row: SimRow };

export type Contract = {
  readonly abis: number;
  readonly codes: number;
  readonly plan: AbiPlan | null;
  readonly first: AbiPlan | null;
};

/** A block with its packed bytes, what they mean, and the chain's state after it. */
export type SimBlock = {
  readonly blockNum: number;
  readonly blockId: string;
  readonly previous: SimBlock | null;
  readonly previousId: string;
  /** Half seconds since 2000. */
  readonly slot: number;
  readonly producer: string;
  readonly transactions: readonly SimTransaction[];
  readonly changes: readonly SimChange[];
  readonly block: Uint8Array;
  readonly traces: Uint8Array | null;
  readonly deltas: Uint8Array;
  readonly sequence: number;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly rows: ReadonlyMap<string, SimRow>;
};

/** The branch that ends with `head`, from block 1 on. */
export function branch(head: SimBlock): SimBlock[] {
  const blocks: SimBlock[] = [];
  for (let block: SimBlock | null = head; block !== null; block = block.previous) blocks.push(block);
  return blocks.reverse();
}
