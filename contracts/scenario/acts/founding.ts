import { builtContract, CONTRACTS } from '../../built.ts';
import type { Action } from '../../chain/driver.ts';
import { newAccount, publicText, sealedCode } from '../../chain/system.ts';
import { demoKeys } from '../keys.ts';
import { services, goods } from '../reference/goods.ts';
import { REGION, territories } from '../reference/territories.ts';
import { decide } from './council.ts';
import { application, joining, participation, registration, regulationHash } from './join.ts';
import { drafted, type Life, newPaper } from './life.ts';
import { type Draft, paper, signed } from './step.ts';

const ACCOUNTS_A_TRANSACTION = 12;
/** What no rule of the demo region ends. */
const NEVER = '1970-01-01T00:00:00';
const VALID_FROM = '2000-01-01T00:00:00';

/** How a region comes to be, in the order that the contracts ask for: each stage stands on those before it. */
export const founding: readonly ((life: Life) => Iterable<Draft>)[] = [
  contracts,
  accounts,
  catalogue,
  places,
  councils,
  programmes,
  roles,
  members,
];

const ano = (name: string, data: Action['data']): Action => signed('registry', name, 'ano', data);

export const eachCoop = ({ world }: Life): readonly number[] =>
  Array.from({ length: world.reference.coops }, (_, index) => index);

function* contracts(life: Life): Generator<Draft> {
  yield accountsMade(life, ['ano', ...CONTRACTS]);
  for (const name of CONTRACTS) yield drafted(life, sealedCode(name, builtContract(name), 'ano'));
}

function accountsMade(life: Life, names: readonly string[], guardian?: string): Draft {
  const { seed } = life.world;
  return drafted(
    life,
    names.map((name) =>
      newAccount(name, publicText(demoKeys(seed, name)), guardian === undefined ? {} : { guardian }),
    ),
  );
}

/**
 * Everyone who will ever act gets an account of the chain at once: it is a key, not yet a person known to the registry. The registry
 * is its guardian, for one whose key is lost.
 */
function* accounts(life: Life): Generator<Draft> {
  let names: string[] = [];
  for (const name of namesIn(life)) {
    names.push(name);
    if (names.length < ACCOUNTS_A_TRANSACTION) continue;
    yield accountsMade(life, names, 'registry');
    names = [];
  }
  if (names.length > 0) yield accountsMade(life, names, 'registry');
}

function* namesIn(life: Life): Generator<string> {
  const { world } = life;
  yield world.verifier;
  for (const index of eachCoop(life)) {
    const { coop, from, to } = world.coop(index);
    yield coop;
    yield world.robot(index);
    for (let at = from; at < to; at++) yield world.member(at).account;
  }
}

function* catalogue(life: Life): Generator<Draft> {
  const { seed, verifier } = life.world;
  const valid = { valid_from: VALID_FROM, valid_to: NEVER, successor: '' };
  for (const { oktmo, parent, title } of territories)
    yield drafted(life, [ano('setterritory', { oktmo, parent, title, ...valid })]);
  for (const { product, title, okpd2, basket_group, unit, grams_per_unit, primary_ppm } of [
    ...goods,
    ...services,
  ]) {
    const row = { product, title, okpd2, basket_group, unit, grams_per_unit, primary_ppm };
    yield drafted(life, [ano('setproduct', { ...row, ...valid })]);
  }
  for (const index of eachCoop(life)) {
    const { coop, title, legal_form, union, oktmo } = life.world.coop(index);
    yield drafted(life, [ano('regcoop', { coop, title, legal_form, union, oktmo })]);
  }
  const identity = { account: verifier, kind: 'person', residence: REGION, representative: '' };
  yield drafted(life, [
    signed('registry', 'register', verifier, { ...identity, person_hash: paper(seed, 'person', verifier) }),
    ano('anorole', { account: verifier, role: 'verifier', granted: true }),
  ]);
}

/** The council's five seats are chairs of the sections too; the registry must know them before there is anything to join. */
function* places(life: Life): Generator<Draft> {
  const { world, ids } = life;
  for (const index of eachCoop(life)) {
    const { coop, from } = world.coop(index);
    for (const [place] of world.reference.council(index).entries())
      yield drafted(life, registration(life, world.member(from + place)));
    for (const { id, kind, title } of world.reference.sectionsOf(index)) {
      expectId('section', ++ids.section, id);
      const chair = world.chairOf(id);
      yield drafted(life, [signed('registry', 'addsection', coop, { coop, kind, title, chair })]);
    }
    for (const { id, section, oktmo, title } of world.reference.pointsOf(index)) {
      expectId('point', ++ids.point, id);
      const address_hash = paper(world.seed, 'address', id);
      const data = { coop, section_id: section, oktmo, title, address_hash };
      yield drafted(life, [signed('registry', 'addpoint', coop, data)]);
    }
  }
}

function expectId(what: string, given: number, named: number): void {
  if (given !== named) throw new Error(`${what} ${named} expected, the chain will give it id ${given}`);
}

function* councils(life: Life): Generator<Draft> {
  const { world, ids } = life;
  for (const index of eachCoop(life)) {
    const { coop, from } = world.coop(index);
    const seats = world.reference.council(index);
    for (const [place, seat] of seats.entries())
      yield drafted(life, [application(life, seat, index, world.member(from + place).section)]);
    const [chair = ''] = seats;
    const document_hash = paper(world.seed, 'founding', index);
    ids.decision += 1;
    yield drafted(life, [signed('council', 'found', coop, { coop, chair, members: seats, document_hash })]);
    for (const seat of seats) yield drafted(life, delegations(life, index, seat));
  }
}

/** What the members of a council let the market's robot decide: everything but the writing off of goods. */
// prettier-ignore
const DELEGATED = [
  'accept', 'buy', 'ship', 'sellout', 'issue', 'giveback', 'process', 'count', 'reverse', 'rent', 'invest', 'payback', 'work', 'pool',
];
/** Of one decision that a robot takes. */
const LIMIT = '50000000.00 RUB';
const EXPIRES = '2060-01-01T00:00:00';

function delegations({ world }: Life, index: number, member: string): Action[] {
  const common = {
    member,
    coop: world.coop(index).coop,
    limit: LIMIT,
    expires: EXPIRES,
    signs: member === world.reference.council(index)[0],
  };
  return [
    signed('council', 'delegate', member, { ...common, robot: 'market', kinds: DELEGATED }),
    signed('council', 'delegate', member, { ...common, robot: world.robot(index), kinds: ['admit'] }),
  ];
}

/** Programmes are voted on; then the council joins them, and the cooperatives that goods are sent to. */
function* programmes(life: Life): Generator<Draft> {
  const { world } = life;
  for (const index of eachCoop(life)) {
    const { coop } = world.coop(index);
    const [, proposer = ''] = world.reference.council(index);
    for (const { id, title, share_ppm } of world.programmesOf(index)) {
      expectId('programme', ++life.ids.programme, id);
      const regulation_hash = regulationHash(world.seed, id);
      yield drafted(life, [
        signed('funds', 'addprogramme', proposer, { proposer, coop, title, share_ppm, regulation_hash }),
      ]);
      yield* decide(life, {
        coop: index,
        kind: 'programme',
        subject: id,
        hash: regulation_hash,
        callsBack: true,
      });
    }
    for (const seat of world.reference.council(index)) yield drafted(life, participation(life, seat, index));
  }
  for (const index of eachCoop(life))
    for (const partner of partners(life, index))
      yield drafted(life, participation(life, world.coop(partner).coop, index));
}

/** Cooperatives that this one sends goods to. */
function partners({ world }: Life, index: number): readonly number[] {
  const targets = world.reference.pointsOf(index).flatMap(({ sendsTo }) => sendsTo);
  return [...new Set(targets.map((id) => world.point(id).coop))]
    .filter((coop) => coop !== index)
    .sort((a, b) => a - b);
}

/** A cashier is admitted like any member, and then given the role by votes. */
function* roles(life: Life): Generator<Draft> {
  const { world, ids } = life;
  for (const index of eachCoop(life)) {
    const { coop, from } = world.coop(index);
    const account = world.reference.cashier(index);
    yield* joining(life, world.member(from + world.reference.council(index).length));
    const [, proposer = ''] = world.reference.council(index);
    ids.request += 1;
    const hash = newPaper(life);
    const asked = { proposer, coop, account, role: 'cashier', document_hash: hash };
    yield drafted(life, [signed('registry', 'askrole', proposer, asked)]);
    yield* decide(life, { coop: index, kind: 'grantrole', subject: ids.request, hash, callsBack: true });
  }
}

/** Those who are there from the start; the rest join as life goes on. */
function* members(life: Life): Generator<Draft> {
  const { world } = life;
  for (const index of eachCoop(life)) {
    const { from, to } = world.coop(index);
    const firstOther = from + world.reference.council(index).length + 1;
    for (let at = firstOther; at < to; at++) {
      const member = world.member(at);
      if (member.joins > 0) break;
      yield* joining(life, member);
    }
  }
}
