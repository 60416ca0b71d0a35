import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTRACTS } from '../../contracts/built.ts';
import { developmentKey } from '../../contracts/chain/system.ts';
import { actsOf, lastIds } from '../../contracts/spec/acts.ts';
import { prepare } from '../../contracts/spec/chain.ts';
import { furnishFunds } from '../../contracts/spec/funds-world.ts';
import { expectRefusal } from '../../contracts/spec/refusal.ts';
import type { Mirror, Twin } from '../../contracts/spec/twin/twin.ts';
import { openTwin } from '../../contracts/spec/twin/twin.ts';
import { CITY, type World, furnish, hashOf, territory, worldOf } from '../../contracts/spec/world.ts';
import { createMemorySink } from '../sink/memory-sink.ts';
import { cellOf, foldedRows } from '../testing/folded-rows.ts';
import { rowsIn, runIndexer } from '../testing/harness.ts';
import type { Memory } from '../testing/harness.ts';

/** Some of the tables that the acts must have filled. */
const FILLED = [
  ...['registry_logmember', 'council_logdecision', 'council_logexec', 'funds_logposting', 'funds_logpayment'],
  ...['market_logaccept', 'market_logissue', 'market_logreturn', 'market_logclaim', 'market_logship'],
  ...['market_logreceive', 'market_logsellout', 'market_logcount', 'abi', 'action', 'code'],
  ...['registry_members_rows', 'council_decisions_rows', 'funds_ledger_rows', 'market_lots_rows'],
];

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

/** Goods come in, go out, come back and are counted; one refusal in between. */
async function playGoods(world: World): Promise<void> {
  const acts = actsOf(world);
  let documents = 0;
  const paper = () => ({ document_hash: hashOf(`paper ${String(++documents)}`) });
  const lastAct = async () => (await lastIds(world)).act;
  await acts.buy(paper());
  const supplied = paper();
  await acts.supply(supplied);
  await acts.accept(supplied);
  const claimed = paper();
  await acts.claim({ lot_id: 1, ...claimed });
  await acts.issue(claimed);
  const issue = await lastAct();
  const returned = paper();
  await acts.giveback({ act_id: issue, ...returned });
  await acts.takeback(returned);
  await acts.complain({ act_id: issue, ...paper() });
  await acts.resolve({ complaint_id: 1, ...paper() });
  const waybill = paper();
  await acts.ship({ lot_id: 1, ...waybill });
  await acts.receive({ shipment_id: await lastAct(), ...waybill });
  await acts.sellout({ lot_id: 1, to: territory(CITY), ...paper() });
  await acts.count({ lot_id: 1, counted: '50.000 KG', ...paper() });
  await expectRefusal(acts.ship({ lot_id: 99, ...paper() }), '99');
}

beforeAll(async () => {
  twin = await openTwin();
  await prepare(twin.driver);
  const world = worldOf(twin.driver, [developmentKey]);
  await furnish(world);
  await furnishFunds(world);
  await playGoods(world);
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
    for (const table of FILLED) expect(theirs.get(table)?.length ?? 0, table).toBeGreaterThan(0);
    for (const [table, rows] of theirs)
      if (table !== 'block') expect(ours.get(table)?.equals(rows), table).toBe(true);
  });

  test("hold the history of rows that ends as the node's own tables stand, nothing raw", async () => {
    expect(rowsIn(node, 'row_raw')).toEqual([]);
    for (const contract of CONTRACTS) {
      const standing = foldedRows(node, contract);
      for (const place of standing.scopes()) {
        const [table = '', scope = ''] = place.split(' ');
        const columns = node.specs.get(`${contract}_${table}_rows`)?.columns.slice(6) ?? [];
        const rows = await twin.driver.rows({ code: contract, scope, table });
        const cells = rows.map((row) =>
          Object.fromEntries(columns.map(({ name, type }) => [name, cellOf(type, row[name])])),
        );
        expect(standing.rows(table, scope), `${contract} ${place}`).toEqual(cells);
      }
      expect(standing.scopes().length).toBeGreaterThan(2);
    }
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
