import { builtContract, CONTRACTS } from '../built.ts';
import { type Action, type ChainDriver, ChainError } from '../chain/driver.ts';
import { ChainUnreachable } from '../chain/node-api.ts';
import { deploySealed, developmentKey, newAccount, publicText } from '../chain/system.ts';
import { hashOf } from './act.ts';
import { demoKeys } from './keys.ts';
import type { Region } from './plan.ts';
import { coops, points, products, sections, territories } from './reference.ts';

/** A step of the making of a region: one transaction, and whether the chain holds its result already. */
type Step = { readonly isDone: boolean; readonly actions: readonly Action[] };

const ACCOUNT_EXISTS = 3050001;
const ACCOUNTS_A_TRANSACTION = 12;

/**
 * Makes accounts, contracts and reference data of a region on a chain whose `eosio` has the development key. What is
 * there already is left alone, so a making that was interrupted at any point goes on.
 */
export async function bootstrap(driver: ChainDriver, region: Region, signal?: AbortSignal): Promise<void> {
  // The market is the last contract to come: with it stand the accounts.
  if (!(await isDeployed(driver, 'market'))) await makeAccounts(driver, region);
  for (const contract of CONTRACTS) {
    if (await isDeployed(driver, contract)) continue;
    const key = demoKeys(region.seed, contract);
    await deploySealed(driver, contract, builtContract(contract), { key, owner: 'ano' });
  }
  for (const stage of await stages(driver, region)) {
    signal?.throwIfAborted();
    const left = stage.filter(({ isDone }) => !isDone);
    await Promise.all(left.map(({ actions }) => send(driver, region, actions)));
  }
}

/** A contract whose ABI knows its counters is on the chain. */
async function isDeployed(driver: ChainDriver, contract: string): Promise<boolean> {
  try {
    await driver.rows({ code: contract, scope: contract, table: 'counters', limit: 1 });
    return true;
  } catch (error) {
    if (error instanceof ChainUnreachable) throw error;
    return false;
  }
}

async function makeAccounts(driver: ChainDriver, { seed, members }: Region): Promise<void> {
  const names = [
    'ano',
    ...CONTRACTS,
    ...coops.map(({ coop }) => coop),
    ...members.map(({ account }) => account),
  ];
  for (let at = 0; at < names.length; at += ACCOUNTS_A_TRANSACTION) {
    const group = names.slice(at, at + ACCOUNTS_A_TRANSACTION);
    const actions = group.map((name) => newAccount(name, publicText(demoKeys(seed, name))));
    await unless(ACCOUNT_EXISTS, driver.transact(actions, [developmentKey]));
  }
}

async function unless(code: number, done: Promise<unknown>): Promise<void> {
  try {
    await done;
  } catch (error) {
    if (!(error instanceof ChainError && error.code === code)) throw error;
  }
}

/** Signs with the keys of all actors that the actions name. */
function send(driver: ChainDriver, { seed }: Region, actions: readonly Action[]) {
  const actors = new Set(actions.flatMap(({ authorization }) => authorization.map(({ actor }) => actor)));
  return driver.transact(
    actions,
    [...actors].map((actor) => demoKeys(seed, actor)),
  );
}

const registry = (name: string, actor: string, data: Readonly<Record<string, unknown>>): Action => ({
  account: 'registry',
  name,
  authorization: [{ actor, permission: 'active' }],
  data,
});

/** Stages one after another; the transactions of one stage are independent of each other. */
async function stages(driver: ChainDriver, region: Region): Promise<readonly (readonly Step[])[]> {
  const rows = (table: string, scope = 'registry') => driver.rows({ code: 'registry', scope, table });
  const keys = async (table: string, field: string, scope?: string): Promise<Set<string>> =>
    new Set((await rows(table, scope)).map((row) => String(row[field])));
  const known = {
    territories: await keys('territories', 'oktmo'),
    products: await keys('products', 'product'),
    coops: await keys('coops', 'coop'),
    sections: await keys('sections', 'section_id'),
    points: await keys('points', 'point_id'),
    accounts: await keys('accounts', 'account'),
    members: new Set<string>(),
  };
  for (const { coop } of coops)
    for (const account of await keys('members', 'account', coop)) known.members.add(account);
  const step = (set: Set<string>, key: string | number, ...actions: Action[]): Step => ({
    isDone: set.has(String(key)),
    actions,
  });
  const valid = { valid_from: '2000-01-01T00:00:00', valid_to: '1970-01-01T00:00:00', successor: '' };
  const places = (isTop: boolean): Step[] =>
    territories
      .filter(({ parent }) => (parent === '') === isTop)
      .map((row) =>
        step(known.territories, row.oktmo, registry('setterritory', 'ano', { ...row, ...valid })),
      );
  return [
    places(true),
    [
      ...places(false),
      ...products.map((row) => step(known.products, row.product, registry('setproduct', 'ano', row))),
    ],
    coops.map((row) => step(known.coops, row.coop, registry('regcoop', 'ano', row))),
    region.members.map(({ account, kind, residence }) =>
      step(
        known.accounts,
        account,
        registry('register', account, {
          account,
          kind,
          residence,
          person_hash: paper(region, 'person', account),
        }),
      ),
    ),
    // Ids are given in order: these go one by one.
    ...sections.map(({ id, coop, kind, title, chair }) => [
      step(known.sections, id, registry('addsection', coop, { coop, kind, title, chair })),
    ]),
    ...points.map((point) => [step(known.points, point.id, addPoint(region, point))]),
    region.members.map((member) => step(known.members, member.account, ...joining(region, member))),
  ];
}

const paper = ({ seed }: Region, kind: string, name: string | number): string =>
  hashOf(`zakroma ${seed} ${kind} ${name}`);

function addPoint(region: Region, { id, section, oktmo, title }: (typeof points)[number]): Action {
  const coop = sections[section - 1]?.coop ?? '';
  const data = { coop, section_id: section, oktmo, title, address_hash: paper(region, 'address', id) };
  return registry('addpoint', coop, data);
}

/** The member applies and the cooperative admits, in one transaction that both sign. */
function joining(region: Region, { account, coop, section }: Region['members'][number]): Action[] {
  const application = {
    account,
    coop,
    section_id: section,
    application_hash: paper(region, 'application', account),
    consent_hash: paper(region, 'consent', account),
  };
  return [
    registry('apply', account, application),
    registry('admit', coop, { coop, account, decision_id: 0 }),
  ];
}
