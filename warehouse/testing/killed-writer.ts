import { argv, stdout } from 'node:process';
import { openWarehouse } from '../open.ts';
import { continueChain, prepareChain, storyBatches } from './chain-story.ts';

/** A process that writes the story into a folder and says each committed block, until the test kills it. */
const warehouse = await openWarehouse({ path: argv[2] ?? '' });
await prepareChain(warehouse);
await continueChain(warehouse, storyBatches(12, 10), (batch) => {
  stdout.write(`${String(batch.end.blockNum)}\n`);
});
await warehouse.close();
