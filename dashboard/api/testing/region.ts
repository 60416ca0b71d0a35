import type { TableSpec } from '../../../indexer/sink/sink.ts';
import { buildModels } from '../../../warehouse/models/build.ts';
import { openWarehouse } from '../../../warehouse/open.ts';
import { createChainSink } from '../../../warehouse/sink/sink.ts';
import { temporaryFolder } from '../../../warehouse/testing/folder.ts';
import { encodeRows, type Value } from '../../../warehouse/testing/row-binary.ts';
import { allTables, type Kind } from '../../../warehouse/testing/tables.ts';
import type { Warehouse } from '../../../warehouse/warehouse.ts';

export type Row = Record<string, Value>;
/**
 * An act in short: `[kind, day, product, kilograms, price, origin, from, to, recipient kind, lot, parent act]`; territories by
 * code. Without a lot it makes one of its own number.
 */
export type ShortAct = readonly [
  ...[Kind, string, string, number, number, string, string, string],
  ...[string?, number?, number?, Extra?],
];
/** What the act says beyond its short form, and rows of other tables in its block, without their leading columns. */
export type Extra = {
  readonly body?: Readonly<Row>;
  readonly logs?: Readonly<Record<string, readonly Readonly<Row>[]>>;
};

const CHAIN_ID = 'ab'.repeat(32);
const hex = (n: number) => n.toString(16).padStart(64, '0');
const place = (oktmo: string, point = 0) => ({ point_id: point, oktmo, country: '' });
const asset = (amount: number, symbol: string) => ({ amount, symbol });

function movement(
  id: number,
  [kind, , product, kg, price, origin, from, to, recipientKind = '', lot = id, parent = 0, extra]: ShortAct,
): Row {
  return {
    act_id: id,
    parent_act: parent,
    coop: 'lesnoystan',
    programme: 0,
    decision_id: 0,
    robot: '',
    document_hash: hex(id),
    lot_id: lot,
    product,
    quantity: asset(kg * 1000, '3,KG'),
    grams: kg * 1000,
    price: asset(price * 100, '2,RUB'),
    value: asset(kg * price * 100, '2,RUB'),
    origin: place(origin),
    from: place(from, kind !== 'accept' && from !== '' ? 1 : 0),
    to: place(to, kind === 'accept' ? 1 : 0),
    evidence: origin ? 2 : 0,
    producer: kind === 'accept' ? 'mkrd22sova1m' : '',
    producer_kind: 'household',
    producer_member: true,
    recipient: recipientKind ? 'annazhukova1' : '',
    recipient_kind: recipientKind,
    residence: recipientKind ? to : '',
    grade: 1,
    rejected: asset(0, '3,KG'),
    reject_reason: '',
    status: 'stored',
    parent_lot: 0,
    order_id: 0,
    chair: 'kordonchair1',
    reason: '',
    origins: [],
    ...extra?.body,
  };
}

const TERRITORIES = [
  ['02000000', '', 'Заречная область'],
  ['02614000', '02000000', 'Лесной район'],
  ['02628000', '02000000', 'Степной район'],
  ['02701000', '02000000', 'город Заречный'],
] as const;
const PRODUCTS = [
  ['potato', 'Картофель', '01.13.51', 'potato'],
  ['milk', 'Молоко сырое', '01.41.20', 'milk'],
  ['beef', 'Говядина', '10.11.11', 'meat'],
] as const;

/** Rows of one block: reference data, or one act with the action that people signed and the log that it made. */
function block(num: number, time: string, rows: Record<string, Row[]>): Record<string, Row[]> {
  const chainBlock = {
    block_num: num,
    block_id: hex(num),
    prev_id: hex(num - 1),
    block_time: time,
    producer: 'zakroma',
    transactions: 1,
    actions: 2,
  };
  return { ...rows, block: [chainBlock] };
}

const lead = (num: number, time: string, sequence: number): Row => ({
  block_num: num,
  block_time: time,
  global_sequence: sequence,
  tx_id: hex(num + 7),
});

function referenceBlock(num: number, time: string) {
  const next = (at: number) => lead(num, time, num * 100 + at);
  const far = '1970-01-01T00:00:00Z';
  return block(num, time, {
    registry_logterr: TERRITORIES.map(([oktmo, parent, title], at) => ({
      ...next(at),
      oktmo,
      parent,
      title,
      valid_from: far,
      valid_to: far,
      successor: '',
    })),
    registry_logproduct: PRODUCTS.map(([product, title, okpd2, group], at) => ({
      ...next(10 + at),
      product,
      title,
      okpd2,
      basket_group: group,
      unit: '3,KG',
      grams_per_unit: 1000,
      primary_ppm: 1_000_000,
      valid_from: far,
      valid_to: far,
      successor: '',
    })),
    registry_logcoop: [
      {
        ...next(20),
        coop: 'lesnoystan',
        title: 'Лесной стан',
        legal_form: 'pk',
        union: '',
        oktmo: '02614000',
      },
    ],
    registry_logsection: [
      {
        ...next(21),
        section_id: 1,
        coop: 'lesnoystan',
        kind: 'territorial',
        title: 'Кордон',
        chair: 'kordonchair1',
        closed: false,
      },
    ],
    registry_logpoint: [
      {
        ...next(22),
        point_id: 1,
        section_id: 1,
        coop: 'lesnoystan',
        oktmo: '02614000',
        title: 'Склад участка',
        address_hash: hex(1),
        closed: false,
      },
    ],
  });
}

function actBlock(num: number, id: number, act: ShortAct) {
  const [kind, day] = act;
  const time = `${day}T10:00:00.000Z`;
  const log = lead(num, time, num * 100 + 2);
  const action = { tx_index: 0, contract: 'market', abi_sequence: 1, code_sequence: 1, raw: '' };
  const people = [
    { actor: 'kordonchair1', permission: 'active' },
    { actor: 'mkrd22sova1m', permission: 'active' },
  ];
  const others = Object.entries(act[11]?.logs ?? {}).map(([table, rows]) => [
    table,
    rows.map((row, at) => ({ ...lead(num, time, num * 100 - 50 + at), ...row })),
  ]);
  return block(num, time, {
    ...(Object.fromEntries(others) as Record<string, Row[]>),
    [`market_log${kind}`]: [{ ...log, body: movement(id, act) }],
    action: [
      {
        ...lead(num, time, num * 100 + 1),
        ...action,
        action_ordinal: 1,
        creator_action_ordinal: 0,
        name: kind,
        actors: people,
        act_digest: hex(num + 1),
      },
      {
        ...log,
        ...action,
        action_ordinal: 2,
        creator_action_ordinal: 1,
        name: `log${kind}`,
        actors: [{ actor: 'market', permission: 'active' }],
        act_digest: hex(num + 2),
      },
    ],
  });
}

const specs = new Map<string, TableSpec>(allTables.map((spec) => [spec.name, spec]));
const encode = (rows: Record<string, Row[]>) =>
  Object.entries(rows).map(([table, list]) => encodeRows(table, specs.get(table)?.columns ?? [], list));

export type TestRegion = {
  readonly warehouse: Warehouse;
  /** The last committed block. */
  committed(): number;
  /** Adds acts, one block each, and makes them final. */
  commit(acts: readonly ShortAct[]): Promise<void>;
  /** Adds acts to the tails: blocks that are not final. */
  appendTail(acts: readonly ShortAct[]): Promise<void>;
  close(): Promise<void>;
};

/** A warehouse in a temporary folder with the real models, the demo territories, three products and no acts. */
export async function openTestRegion(): Promise<TestRegion> {
  const folder = await temporaryFolder();
  const warehouse = await openWarehouse({ path: folder.path });
  const sink = createChainSink(warehouse);
  await sink.open(CHAIN_ID);
  for (const spec of allTables) await sink.ensureTable(spec);
  await buildModels(warehouse, { dir: new URL('../../../sql', import.meta.url).pathname });
  let committed = 0;
  let lastAct = 0;

  async function commit(blocks: readonly Record<string, Row[]>[]) {
    const merged: Record<string, Row[]> = {};
    for (const rows of blocks)
      for (const [table, list] of Object.entries(rows)) merged[table] = [...(merged[table] ?? []), ...list];
    const [first, last] = [committed + 1, committed + blocks.length];
    const intent = { chainId: CHAIN_ID, first, last, schema: 'test', epoch: 0 };
    await sink.commit({ intent, end: { blockNum: last, blockId: hex(last) }, rows: encode(merged) });
    committed = last;
  }

  await commit([referenceBlock(1, '2026-08-01T00:00:00.000Z')]);
  return {
    warehouse,
    committed: () => committed,
    commit: (acts) => commit(acts.map((act, at) => actBlock(committed + 1 + at, (lastAct += 1), act))),
    appendTail: async (acts) => {
      for (const [at, act] of acts.entries())
        await sink.appendTail(
          committed + 1 + at,
          encode(actBlock(committed + 1 + at, lastAct + 1 + at, act)),
        );
    },
    close: async () => {
      await warehouse.close();
      await folder.remove();
    },
  };
}
