import type { Column, TableSpec } from '../../indexer/sink/sink.ts';

/** The decoded tables that the models read, written out by hand: tests of models then do not depend on the ABI mapping. */
const LEADING: readonly Column[] = [
  { name: 'block_num', type: 'UInt32' },
  { name: 'block_time', type: "DateTime64(3, 'UTC')" },
  { name: 'global_sequence', type: 'UInt64' },
  { name: 'tx_id', type: 'FixedString(32)' },
];
const NAME = 'LowCardinality(String)';
const ASSET = `Tuple(amount Int64, symbol ${NAME})`;
const PLACE = 'Tuple(point_id UInt64, oktmo String, country String)';

const MOVEMENT = `Tuple(act_id UInt64, parent_act UInt64, coop ${NAME}, programme UInt64, decision_id UInt64, robot ${NAME}, document_hash FixedString(32), lot_id UInt64, product ${NAME}, quantity ${ASSET}, grams UInt64, price ${ASSET}, value ${ASSET}, origin ${PLACE}, from ${PLACE}, to ${PLACE}, evidence UInt8, producer ${NAME}, producer_kind ${NAME}, producer_member Bool, recipient ${NAME}, recipient_kind ${NAME}, residence String, grade UInt8, rejected ${ASSET}, reject_reason String, status ${NAME}, parent_lot UInt64, order_id UInt64, chair ${NAME}, reason String, origins Array(Tuple(origin ${PLACE}, evidence UInt8, ppm UInt32)))`;

function decoded(name: string, fields: Readonly<Record<string, string>>): TableSpec {
  const columns = [...LEADING, ...Object.entries(fields).map(([field, type]) => ({ name: field, type }))];
  return { name, columns, orderBy: ['block_num', 'global_sequence'] };
}

export const KINDS = [
  'accept',
  'ship',
  'receive',
  'loss',
  'sellout',
  'issue',
  'return',
  'process',
  'count',
  'reverse',
] as const;
export type Kind = (typeof KINDS)[number];

/** The logs of acts, and of the first halves of acts by two. */
export const marketTables: readonly TableSpec[] = [...KINDS, 'intent'].map((kind) =>
  decoded(`market_log${kind}`, { body: MOVEMENT }),
);

export const registryTables: readonly TableSpec[] = [
  decoded('registry_logterr', {
    oktmo: 'String',
    parent: 'String',
    title: 'String',
    valid_from: "DateTime('UTC')",
    valid_to: "DateTime('UTC')",
    successor: 'String',
  }),
  decoded('registry_logproduct', {
    product: NAME,
    title: 'String',
    okpd2: 'String',
    basket_group: NAME,
    unit: NAME,
    grams_per_unit: 'UInt32',
    primary_ppm: 'UInt32',
    valid_from: "DateTime('UTC')",
    valid_to: "DateTime('UTC')",
    successor: NAME,
  }),
  decoded('registry_logcoop', {
    coop: NAME,
    title: 'String',
    legal_form: NAME,
    union: NAME,
    oktmo: 'String',
  }),
  decoded('registry_logsection', {
    section_id: 'UInt64',
    coop: NAME,
    kind: NAME,
    title: 'String',
    chair: NAME,
    closed: 'Bool',
  }),
  decoded('registry_logpoint', {
    point_id: 'UInt64',
    section_id: 'UInt64',
    coop: NAME,
    oktmo: 'String',
    title: 'String',
    address_hash: 'FixedString(32)',
    closed: 'Bool',
  }),
  decoded('registry_logaccount', {
    account: NAME,
    kind: NAME,
    residence: 'String',
    person_hash: 'FixedString(32)',
    representative: NAME,
    verified: 'Bool',
    memberships: 'UInt32',
    verifier: NAME,
    document_hash: 'FixedString(32)',
  }),
  decoded('registry_logmember', {
    coop: NAME,
    account: NAME,
    section_id: 'UInt64',
    status: NAME,
    application_hash: 'FixedString(32)',
    decision_id: 'UInt64',
    delegate: NAME,
    document_hash: 'FixedString(32)',
  }),
];

export const councilTables: readonly TableSpec[] = [
  decoded('council_logdecision', {
    decision_id: 'UInt64',
    coop: NAME,
    kind: NAME,
    subject: 'UInt64',
    amount: ASSET,
    document_hash: 'FixedString(32)',
    proposer: NAME,
    mode: NAME,
    seats: 'UInt16',
    votes_for: 'UInt16',
    votes_against: 'UInt16',
    chair_vote: 'UInt8',
    signer: NAME,
    status: NAME,
    proposed_at: "DateTime('UTC')",
    until: "DateTime('UTC')",
    robot: NAME,
    members_for: `Array(${NAME})`,
  }),
  decoded('council_logvote', {
    decision_id: 'UInt64',
    coop: NAME,
    member: NAME,
    in_favour: 'Bool',
    robot: NAME,
    document_hash: 'FixedString(32)',
  }),
  decoded('council_logsign', {
    decision_id: 'UInt64',
    coop: NAME,
    signer: NAME,
    robot: NAME,
    document_hash: 'FixedString(32)',
  }),
  decoded('council_logexec', {
    decision_id: 'UInt64',
    coop: NAME,
    kind: NAME,
    subject: 'UInt64',
    caller: NAME,
  }),
];

export const fundsTables: readonly TableSpec[] = [
  decoded('funds_logprogramme', {
    programme_id: 'UInt64',
    coop: NAME,
    title: 'String',
    version: 'UInt16',
    regulation_hash: 'FixedString(32)',
    share_ppm: 'UInt32',
    status: NAME,
    decision_id: 'UInt64',
    draft_version: 'UInt16',
    draft_hash: 'FixedString(32)',
    draft_ppm: 'UInt32',
  }),
  decoded('funds_logposting', {
    entry_id: 'UInt64',
    coop: NAME,
    programme: 'UInt64',
    kind: NAME,
    member: NAME,
    act_id: 'UInt64',
    document_hash: 'FixedString(32)',
    amount: ASSET,
    undo: 'Bool',
    lines: `Array(Tuple(debit ${NAME}, credit ${NAME}, amount ${ASSET}))`,
    share_balance: ASSET,
  }),
];

/** Of the contracts, with their logs that the models read. */
export const contractTables: readonly TableSpec[] = [
  ...registryTables,
  ...councilTables,
  ...fundsTables,
  ...marketTables,
];

export const blockTable: TableSpec = {
  name: 'block',
  columns: [
    { name: 'block_num', type: 'UInt32' },
    { name: 'block_id', type: 'FixedString(32)' },
    { name: 'prev_id', type: 'FixedString(32)' },
    { name: 'block_time', type: "DateTime64(3, 'UTC')" },
    { name: 'producer', type: NAME },
    { name: 'transactions', type: 'UInt32' },
    { name: 'actions', type: 'UInt32' },
  ],
  orderBy: ['block_num'],
};

export const actionTable: TableSpec = {
  name: 'action',
  columns: [
    ...LEADING,
    { name: 'tx_index', type: 'UInt32' },
    { name: 'action_ordinal', type: 'UInt32' },
    { name: 'creator_action_ordinal', type: 'UInt32' },
    { name: 'contract', type: NAME },
    { name: 'name', type: NAME },
    { name: 'actors', type: `Array(Tuple(actor ${NAME}, permission ${NAME}))` },
    { name: 'abi_sequence', type: 'UInt32' },
    { name: 'code_sequence', type: 'UInt32' },
    { name: 'act_digest', type: 'FixedString(32)' },
    { name: 'raw', type: 'String' },
  ],
  orderBy: ['block_num', 'global_sequence'],
};

export const abiTable: TableSpec = {
  name: 'abi',
  columns: [
    { name: 'block_num', type: 'UInt32' },
    { name: 'block_time', type: "DateTime64(3, 'UTC')" },
    { name: 'global_sequence', type: 'UInt64' },
    { name: 'account', type: NAME },
    { name: 'abi_sequence', type: 'UInt32' },
    { name: 'abi', type: 'String' },
  ],
  orderBy: ['block_num', 'global_sequence'],
};

export const codeTable: TableSpec = {
  name: 'code',
  columns: [
    { name: 'block_num', type: 'UInt32' },
    { name: 'block_time', type: "DateTime64(3, 'UTC')" },
    { name: 'global_sequence', type: 'UInt64' },
    { name: 'account', type: NAME },
    { name: 'code_hash', type: 'FixedString(32)' },
  ],
  orderBy: ['block_num', 'global_sequence'],
};

export const allTables: readonly TableSpec[] = [
  ...contractTables,
  blockTable,
  actionTable,
  abiTable,
  codeTable,
];
