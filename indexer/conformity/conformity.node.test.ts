import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTRACTS } from '../../contracts/built.ts';
import { developmentKey } from '../../contracts/chain/system.ts';
import { actsOf, lastIds } from '../../contracts/spec/acts.ts';
import { prepare } from '../../contracts/spec/chain.ts';
import type { Mirror, Twin } from '../../contracts/spec/twin/twin.ts';
import { openTwin } from '../../contracts/spec/twin/twin.ts';
import { CITY, furnish, territory, worldOf } from '../../contracts/spec/world.ts';
import { createMemorySink } from '../sink/memory-sink.ts';
import { rowsIn, runIndexer } from '../testing/harness.ts';
import type { Memory } from '../testing/harness.ts';

let twin: Twin;
let mirror: Mirror;
let node: Memory;
let embedded: Memory;

/** What an indexer makes of a chain's blocks up to `last`. */
async function indexed(url: string, last: number): Promise<Memory> {
  const memory = createMemorySink();
  await runIndexer({
    ...{ url, memory, watched: CONTRACTS, limits: { rows: 10_000, blocks: 500, inFlight: 64 } },
    until: ({ committed }) => committed >= last,
  });
  return memory;
}

beforeAll(async () => {
  twin = await openTwin();
  await prepare(twin.driver);
  const world = worldOf(twin.driver, [developmentKey]);
  await furnish(world);
  const acts = actsOf(world);
  await acts.accept();
  await acts.ship({ lot_id: 1 });
  await acts.receive({ shipment_id: (await lastIds(world)).act });
  await acts.issue({ lot_id: 1 });
  await acts.sellout({ lot_id: 1, to: territory(CITY) });
  mirror = await twin.mirror();
  node = await indexed(twin.shipUrl, mirror.last);
  embedded = await indexed(mirror.shipUrl, mirror.last);
});
afterAll(async () => {
  await twin.close();
});

describe("the tables made of the embedded chain's stream and of a real node's", () => {
  test('are the same, to the byte', () => {
    const [theirs, ours] = [node.contents(), embedded.contents()];
    expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
    expect(theirs.get('market_logaccept')?.length).toBeGreaterThan(0);
    for (const [table, rows] of theirs)
      if (table !== 'block') expect(ours.get(table)?.equals(rows), table).toBe(true);
  });

  test('tell of the same blocks, each by ids of its own', () => {
    const blocks = (memory: Memory) =>
      rowsIn(memory, 'block')
        .slice(0, mirror.last)
        .map((row) => ({ ...row, block_id: '', prev_id: '' }));
    expect(blocks(embedded)).toEqual(blocks(node));
    expect(blocks(embedded)).toHaveLength(mirror.last);
  });
});
