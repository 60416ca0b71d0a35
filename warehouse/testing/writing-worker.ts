import { workerData, type MessagePort } from 'node:worker_threads';
import { connectWarehouse } from '../port.ts';
import { continueChain, storyBatches } from './chain-story.ts';

/** A worker thread that writes the story through the warehouse of the thread that started it. */
const warehouse = await connectWarehouse(workerData as MessagePort);
await continueChain(warehouse, storyBatches(2, 2));
await warehouse.close();
