import { ABI, Serializer } from '@wharfkit/antelope';
import type { Receipt } from '../chain/driver.ts';
import { CONTRACTS, builtContract } from '../built.ts';
import { shipBlocks } from './ship-blocks.ts';

/** An action of a transaction as the chain executed it, inline ones too; data by the contract's ABI. */
export type Traced = {
  readonly account: string;
  readonly name: string;
  readonly authorization: readonly { readonly actor: string; readonly permission: string }[];
  readonly data: Record<string, unknown>;
};

type ActionTrace = {
  receiver: string;
  act: { account: string; name: string; authorization: Traced['authorization']; data: string };
};
type TransactionTrace = { id: string; action_traces: [string, ActionTrace][] };

const abis = new Map<string, ABI>(
  CONTRACTS.map((name) => [name, ABI.from(builtContract(name).abi as ABI.Def)]),
);

/**
 * The contracts' actions of one transaction in order of execution, from the traces that the chain's state history
 * serves at `url` (ws://…). Throws when the block's traces do not come in ten seconds.
 */
export async function tracedActions(url: string, receipt: Receipt): Promise<Traced[]> {
  const { protocol, blocks } = await shipBlocks(url, receipt.blockNum, receipt.blockNum, ['traces']);
  const traces: [string, TransactionTrace][] = [];
  for await (const { traces: data } of blocks)
    traces.push(
      ...(Serializer.objectify(
        Serializer.decode({ data, type: 'transaction_trace[]', abi: protocol }),
      ) as typeof traces),
    );
  const ours = traces.find(([, { id }]) => id === receipt.transactionId);
  if (ours === undefined)
    throw new Error(`transaction ${receipt.transactionId} expected in block ${receipt.blockNum}`);
  return ours[1].action_traces.map(([, { act }]) => traced(act));
}

function traced({ account, name, authorization, data }: ActionTrace['act']): Traced {
  const abi = abis.get(account);
  if (abi === undefined)
    throw new Error(`an action of ${CONTRACTS.join(' or ')} expected, came ${account}::${name}`);
  const decoded = Serializer.objectify(Serializer.decode({ data, type: name, abi })) as Traced['data'];
  return { account, name, authorization, data: decoded };
}
