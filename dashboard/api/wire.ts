import { Type, type Static, type TSchema } from 'typebox';
import { INDICATORS, SERIES } from '../lib/filters/indicator.ts';

/** Shapes of answers. Decimals and 64-bit integers are text, so that no digit is lost; `null` = unknown, never zero. */
const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Text = Type.String();
const Decimal = Type.String({ description: 'exact decimal' });

export const AsOf = Type.Object({ block: Type.Integer(), time: nullable(Text) });
const envelope = {
  asOf: AsOf,
  /** Present when the warehouse is away and this is the last good answer. */
  stale: Type.Optional(Type.Boolean()),
};

export const Refusal = Type.Object({
  error: Text,
  message: Text,
  parameter: Type.Optional(Text),
  expected: Type.Optional(Text),
  progress: Type.Optional(Type.Object({ done: Type.Number(), total: Type.Number(), label: Text })),
});
export type Refusal = Static<typeof Refusal>;

const Named = Type.Object({ oktmo: Text, title: Text });
export const Territory = Type.Object({ oktmo: Text, title: Text, parents: Type.Array(Named) });
export type Territory = Static<typeof Territory>;
export const TerritoryAnswer = Type.Object({
  ...envelope,
  ...Territory.properties,
  children: Type.Array(Named),
});
export const TerritoriesAnswer = Type.Object({ ...envelope, territories: Type.Array(Territory) });
export type TerritoriesAnswer = Static<typeof TerritoriesAnswer>;

export const Product = Type.Object({
  product: Text,
  title: Text,
  okpd2: Text,
  group: Text,
  unit: Text,
  decimals: Type.Integer(),
});
export type Product = Static<typeof Product>;
/** A group of the basket; the order is the law's. */
export const Group = Type.Object({ group: Text, ru: Text, en: Text });
export type Group = Static<typeof Group>;
export const ProductsAnswer = Type.Object({
  ...envelope,
  products: Type.Array(Product),
  groups: Type.Array(Group),
});

const Measure = Type.Object({ kg: nullable(Decimal), rub: Decimal, acts: Decimal });
export type Measure = Static<typeof Measure>;
const measures = <T extends string>(names: readonly T[]) =>
  Object.fromEntries(names.map((name) => [name, Measure])) as Record<T, typeof Measure>;
/** Percent of consumption by value, one digit after the point; `null` when nothing is consumed. */
const share = Type.Object({
  local: nullable(Decimal),
  brought: nullable(Decimal),
  unknown: nullable(Decimal),
});
export const IndicatorRow = Type.Object({
  level: Type.Enum(['total', 'group', 'product']),
  group: Text,
  product: Text,
  ...measures(INDICATORS),
  share,
});
export type IndicatorRow = Static<typeof IndicatorRow>;
export const SpanRow = Type.Object({ from: Text, ...measures(SERIES), share });
export type SpanRow = Static<typeof SpanRow>;

const Period = Type.Object({
  key: Text,
  kind: Type.Enum(['rolling', 'year', 'quarter', 'month', 'range']),
  first: Text,
  last: Text,
});
const filtered = {
  territory: Territory,
  period: Period,
  filter: Type.Object({ group: Text, product: Text }),
};
export const IndicatorsAnswer = Type.Object({
  ...envelope,
  ...filtered,
  rows: Type.Array(IndicatorRow),
  /** Acts that are in blocks but not final yet: they are in no figure. */
  pending: nullable(
    Type.Object({ production: Type.Integer(), outflow: Type.Integer(), consumption: Type.Integer() }),
  ),
  previous: Type.Object({ period: Period, rows: Type.Array(IndicatorRow) }),
});
export type IndicatorsAnswer = Static<typeof IndicatorsAnswer>;
export const SeriesAnswer = Type.Object({
  ...envelope,
  ...filtered,
  grain: Type.Union([Type.Literal('month'), Type.Literal('day')]),
  /** Months or days without any act are absent: no data is not zero. */
  rows: Type.Array(SpanRow),
});
export type SeriesAnswer = Static<typeof SeriesAnswer>;

/** `quantity`, `kg` and `rub` are the part that the figure counts, below zero when taken back; `actQuantity` is the act's own. */
export const ActRow = Type.Object({
  act: Decimal,
  kind: Text,
  status: Text,
  parent: Text,
  at: Text,
  product: Text,
  productTitle: Text,
  quantity: Decimal,
  actQuantity: Decimal,
  unit: Text,
  kg: Decimal,
  rub: Decimal,
  from: Text,
  fromTitle: Text,
  to: Text,
  toTitle: Text,
  origin: Text,
  originTitle: Text,
  /** How many origins the goods have, when more than one; else 0. */
  origins: Type.Integer(),
  evidence: Type.Integer(),
  block: Type.Integer(),
  sequence: Decimal,
});
export type ActRow = Static<typeof ActRow>;
export const ActsAnswer = Type.Object({
  ...envelope,
  ...filtered,
  /** What the records are of: an indicator, or acts of a kind; the other is empty. */
  indicator: Text,
  kind: Text,
  total: Measure,
  acts: Type.Array(ActRow),
  next: nullable(Text),
});
export type ActsAnswer = Static<typeof ActsAnswer>;

const Place = Type.Object({ territory: Text, title: Text, point: Text, pointTitle: Text, section: Text });
export type Place = Static<typeof Place>;
/** `role`: what the signer is in this act as far as the registry tells; `section` is the one a chair heads. */
const Signer = Type.Object({
  actor: Text,
  permission: Text,
  role: nullable(Type.Enum(['chair', 'producer', 'recipient', 'coop'])),
  section: Text,
});
export type Signer = Static<typeof Signer>;

/** An act of a lot; a receipt elsewhere and a product made of it bear the number of their own lot. */
const LotAct = Type.Object({
  act: Text,
  parent: Text,
  kind: Text,
  status: Text,
  at: Text,
  lot: Text,
  quantity: Decimal,
  unit: Text,
  from: Text,
  fromTitle: Text,
  fromPoint: Text,
  to: Text,
  toTitle: Text,
  toPoint: Text,
});
export type LotAct = Static<typeof LotAct>;
/** entered = shipped + issued + sold + processed + lost + stock, in the unit of the lot. */
const LotWay = Type.Object({
  acts: Type.Array(LotAct),
  /** Acts of the lot that are not shown. */
  more: Type.Integer(),
  sums: Type.Object({
    entered: Decimal,
    shipped: Decimal,
    issued: Decimal,
    sold: Decimal,
    processed: Decimal,
    lost: Decimal,
    stock: Decimal,
  }),
});
export type LotWay = Static<typeof LotWay>;
/** What is known of an act before finality: no figure has it yet. */
export const PendingAct = Type.Object({
  act: Text,
  kind: Text,
  status: Text,
  at: Text,
  product: Text,
  quantity: Decimal,
  unit: Text,
  rub: Decimal,
  block: Type.Integer(),
  transaction: Text,
});
export type PendingAct = Static<typeof PendingAct>;
export const PendingAnswer = Type.Object({ ...envelope, pending: PendingAct });
export type PendingAnswer = Static<typeof PendingAnswer>;

/** A decision of the council; in mode robot `robot` took it for `membersFor`, who stay responsible. */
const Decision = Type.Object({
  mode: Text,
  seats: Type.Integer(),
  votesFor: Type.Integer(),
  votesAgainst: Type.Integer(),
  signer: Text,
  robot: Text,
  membersFor: Type.Array(Text),
});
export type Decision = Static<typeof Decision>;
/** A line of the ledger; `shareBalance` is the member's share account after the entry. */
const Posting = Type.Object({
  entry: Text,
  kind: Text,
  member: Text,
  isUndo: Type.Boolean(),
  debit: Text,
  credit: Text,
  rub: Decimal,
  shareBalance: Decimal,
});
export type Posting = Static<typeof Posting>;
const OriginShare = Type.Object({
  territory: Text,
  title: Text,
  evidence: Type.Integer(),
  ppm: Type.Integer(),
});
export type OriginShare = Static<typeof OriginShare>;
/** An act that this one names, or (`isAfter`) that names this one. */
const ActLink = Type.Object({
  act: Text,
  parent: Text,
  kind: Text,
  status: Text,
  at: Text,
  product: Text,
  quantity: Decimal,
  unit: Text,
  isAfter: Type.Boolean(),
});
export type ActLink = Static<typeof ActLink>;

export const ActAnswer = Type.Object({
  ...envelope,
  act: Text,
  parent: Text,
  kind: Text,
  at: Text,
  coop: Text,
  coopTitle: Text,
  programme: Text,
  /** Title and version in force then; '' and 0 when the chain knows no such programme. */
  programmeTitle: Text,
  programmeVersion: Type.Integer(),
  decision: Text,
  robot: Text,
  documentHash: Text,
  lot: Text,
  product: Text,
  productTitle: Text,
  quantity: Decimal,
  rejected: Decimal,
  rejectReason: Text,
  unit: Text,
  kg: Decimal,
  price: Decimal,
  rub: Decimal,
  grade: Type.Integer(),
  status: Text,
  from: Place,
  to: Place,
  origin: Place,
  evidence: Type.Integer(),
  producer: Text,
  producerKind: Text,
  producerMember: Type.Boolean(),
  recipient: Text,
  recipientKind: Text,
  residence: Text,
  parentLot: Text,
  order: Text,
  chair: Text,
  reason: Text,
  council: nullable(Decision),
  postings: Type.Array(Posting),
  origins: Type.Array(OriginShare),
  links: Type.Array(ActLink),
  way: LotWay,
  proof: Type.Object({
    block: Type.Integer(),
    blockId: Text,
    blockProducer: Text,
    transaction: Text,
    action: Text,
    ordinal: Type.Integer(),
    sequence: Text,
    digest: Text,
    signers: Type.Array(Signer),
  }),
});
export type ActAnswer = Static<typeof ActAnswer>;
