import { automate, carryOut } from './decisions.ts';
import { type Data, type World, hashOf } from './world-act.ts';

/** Programme 1 is forestcoop's, programme 2 rivercoop's. */
const PROGRAMMES = {
  forestcoop: { id: 1, proposer: 'fedor', cashier: 'faina', members: ['anna', 'ivan'], partner: 'rivercoop' },
  rivercoop: {
    id: 2,
    proposer: 'rodion',
    cashier: 'rita',
    members: ['boris', 'olga'],
    partner: 'forestcoop',
  },
} as const;

/** What each member's share account holds at the start, the share part of a confirmed contribution. */
export const SHARE_BALANCE = '900000.00 RUB';

/** The regulation of a programme's version, by its hash. */
export const regulationOf = (programme: number, version = 1): string =>
  hashOf(`regulation ${programme}.${version}`);

/**
 * After `furnish`: each cooperative's programme, approved by its council, divides contributions 900,000 : 100,000 ppm; its
 * two members and the other cooperative joined it; faina and rita are cashiers; every member has SHARE_BALANCE.
 */
export async function furnishFunds(world: World): Promise<void> {
  for (const [coop, { id, proposer, cashier, members, partner }] of Object.entries(PROGRAMMES)) {
    await openProgramme(world, coop, proposer, id);
    await makeCashier(world, coop, proposer, cashier);
    for (const account of [...members, partner]) await joinProgramme(world, account, id);
    for (const member of members) await payIn(world, member, id, '1000000.00 RUB', cashier);
  }
}

/** A programme drafted by a seat and approved by the council's votes. */
export async function openProgramme(
  world: World,
  coop: string,
  proposer: string,
  id: number,
  share_ppm = 900_000,
): Promise<void> {
  const regulation_hash = regulationOf(id);
  const data = { proposer, coop, title: `Программа ${id}`, share_ppm, regulation_hash };
  await world.act('funds', 'addprogramme', [proposer], data);
  await carryOut(world, coop, 'programme', { subject: id, document_hash: regulation_hash });
}

/** The role of a cashier, decided by the council's robot. */
export async function makeCashier(
  world: World,
  coop: string,
  proposer: string,
  account: string,
): Promise<void> {
  const document_hash = hashOf(`cashier ${account}`);
  const data = { proposer, coop, account, role: 'cashier', document_hash };
  await world.act('registry', 'askrole', [proposer], data);
  const counters = await world.row('registry', 'registry', 'counters', 'counters');
  await automate(world, coop, 'grantrole', { subject: Number(counters?.['request_id']), document_hash });
}

export async function joinProgramme(
  world: World,
  account: string,
  programme_id: number,
  version = 1,
): Promise<void> {
  const regulation_hash = regulationOf(programme_id, version);
  await world.act('funds', 'join', [account], { account, programme_id, version, regulation_hash });
}

/** A contribution of money, promised and confirmed. */
export async function payIn(
  world: World,
  member: string,
  programme_id: number,
  amount: string,
  cashier: string,
  kind = 'share',
): Promise<void> {
  const document_hash = hashOf(`contribution of ${member}`);
  await world.act('funds', 'contribute', [member], { member, programme_id, kind, amount, document_hash });
  await confirmLast(world, cashier);
}

/** Confirms the payment that was promised last. */
export async function confirmLast(world: World, cashier: string): Promise<void> {
  const data = { cashier, payment_id: await lastPayment(world), bank_hash: hashOf('bank') };
  await world.act('funds', 'confirmpay', [cashier], data);
}

/** The last id of a payment that the funds gave. */
export async function lastPayment(world: World): Promise<number> {
  const row = await world.row('funds', 'funds', 'counters', 'counters');
  return Number(row?.['payment_id'] ?? 0);
}

/** A member's share account. */
export const shareOf = (world: World, coop: string, member: string): Promise<Data | undefined> =>
  world.row('funds', coop, 'shares', member);

/** The cooperative's ledger: debits less credits in kopecks by account. */
export async function ledgerOf(world: World, coop: string): Promise<Record<string, number>> {
  const rows = await world.driver.rows({ code: 'funds', scope: coop, table: 'ledger', limit: 100 });
  return Object.fromEntries(rows.map(({ code, balance }) => [String(code), Number(balance)]));
}
