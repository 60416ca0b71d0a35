import { afterEach, expect, test } from 'vitest';
import { createMemorySink } from './sink/memory-sink.ts';
import { rowsIn, runIndexer } from './testing/harness.ts';
import type { Memory } from './testing/harness.ts';
import { startShipServer } from './testing/ship-server.ts';
import { makeBlock, shopAbi, straight } from './testing/sim-chain.ts';

const crash = new Error('killed');
const wide = shopAbi([{ name: 'extra', type: 'uint8$' }]);

/** The ABI of block 2, another in block 6, the first again in block 9; acts in between. */
function chain() {
  let head = straight(5);
  for (let n = 6; n <= 12; n++) {
    const abi = n === 6 ? wide : shopAbi();
    const act = { kind: 'act', id: n } as const;
    head = makeBlock(head, n === 6 || n === 9 ? [{ kind: 'setabi', abi }, act] : [act], 0);
  }
  return head;
}

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
});

async function run(url: string, memory: Memory): Promise<void> {
  await runIndexer({ url, memory, until: ({ committed }) => committed >= 10 });
}

test.each([1, 2, 3])(
  'killed before the cursor of the batch with ABI %i, the next ABI has the number that the chain gives it',
  async (which) => {
    const head = chain();
    const server = await startShipServer({ view: { head, lib: 10 } });
    close = () => server.close();
    const calm = createMemorySink();
    await run(server.url, calm);
    expect(rowsIn(calm, 'abi').map((row) => row['abi_sequence'])).toEqual([1, 2, 3]);

    let left = which;
    let sawAbi = false;
    const memory = createMemorySink({
      onStep: (when, act) => {
        if (act === 'insert:abi') sawAbi = true;
        if (when !== 'before' || act !== 'cursor' || !sawAbi) return;
        sawAbi = false;
        if (--left === 0) throw crash;
      },
    });
    await expect(run(server.url, memory)).rejects.toBe(crash);
    await run(server.url, memory);
    expect(memory.contents()).toEqual(calm.contents());
  },
);
