import { argv, stdout } from 'node:process';
import { CONTRACTS } from '../../../contracts/built.ts';
import { createIndexer } from '../../../indexer/indexer.ts';
import { repairModels } from '../../../warehouse/models/build.ts';
import { openWarehouse } from '../../../warehouse/open.ts';
import { createChainSink } from '../../../warehouse/sink/sink.ts';
import { models, prepareWarehouse } from '../prepare.ts';

/**
 * A process that reads a chain into a folder in small batches until block `through` and says each committed block:
 * what the test kills. Arguments: folder, state-history address, chain id, `through`.
 */
const [, , folder = '', shipUrl = '', chainId = '', through = '0'] = argv;
const warehouse = await openWarehouse({ path: folder });
await prepareWarehouse(warehouse);
const abort = new AbortController();
const afterRepeat = async (): Promise<void> => {
  await repairModels(warehouse, models);
};
await createIndexer({
  shipUrls: [shipUrl],
  chainId,
  watched: [...CONTRACTS],
  sink: createChainSink(warehouse, { afterRepeat }),
  signal: abort.signal,
  log: { info: () => undefined, warn: () => undefined },
  limits: { rows: 100, commitMs: 5 },
  onStatus: ({ committed }) => {
    stdout.write(`${committed}\n`);
    if (committed >= Number(through)) abort.abort();
  },
}).run();
await warehouse.close();
