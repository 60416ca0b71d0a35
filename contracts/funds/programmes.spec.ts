import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SpecChain, openSpecChain } from '../spec/chain.ts';
import { automate, carryOut, decide } from '../spec/decisions.ts';
import { furnishFunds, joinProgramme, openProgramme, regulationOf } from '../spec/funds-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { type World, ZERO_HASH, furnish, hashOf } from '../spec/world.ts';

let chain: SpecChain;
let world: World;
/** The id that the next programme gets. */
let next = 3;

beforeAll(async () => {
  chain = await openSpecChain();
  world = chain.world;
  await furnish(world);
  await furnishFunds(world);
}, 120_000);

afterAll(async () => {
  await chain.close();
});

type Data = Record<string, unknown>;

const funds = (name: string, signer: string, data: Data) => world.act('funds', name, [signer], data);
const programme = (id: number) => world.row('funds', 'funds', 'programmes', String(id));
const participant = (id: number, account: string) => world.row('funds', String(id), 'participants', account);

/** A programme of forestcoop in force of its own for a test. */
async function opened(): Promise<number> {
  const id = next++;
  await openProgramme(world, 'forestcoop', 'fedor', id);
  return id;
}

/** A draft of forestcoop. */
async function drafted(over: Data = {}): Promise<number> {
  await funds('addprogramme', 'fedor', { ...draft, ...over });
  return next++;
}

const draft = {
  proposer: 'fedor',
  coop: 'forestcoop',
  title: 'Овощи',
  share_ppm: 800_000,
  regulation_hash: hashOf('draft'),
};
const revision = { proposer: 'faina', share_ppm: 700_000, regulation_hash: hashOf('revision') };

describe('addprogramme', () => {
  it('leaves a draft that nothing can be done under', async () => {
    const id = await drafted();
    expect(await programme(id)).toMatchObject({
      status: 'draft',
      version: 0,
      draft_version: 1,
      draft_ppm: 800_000,
    });
  });

  it('is signed by its proposer', () =>
    expectRefusal(funds('addprogramme', 'faina', draft), 'fedor', MISSING_AUTHORITY));

  it.each([
    ['no title', { title: '' }, 'title: a text expected, came an empty one'],
    [
      'a share above the whole',
      { share_ppm: 1_000_001 },
      'share_ppm: at most 1000000 expected, came 1000001',
    ],
    ['no regulation', { regulation_hash: ZERO_HASH }, 'regulation_hash: sha256 of a document expected'],
    [
      'a seat elsewhere',
      { coop: 'rivercoop' },
      'proposer: a seat in the council of rivercoop expected, fedor has none',
    ],
  ])('refuses %s', (_what, over, reason) =>
    expectRefusal(funds('addprogramme', 'fedor', { ...draft, ...over }), reason),
  );
});

describe('approve', () => {
  it('R64: puts in force what the council voted for', async () => {
    const id = await drafted();
    const decision_id = await carryOut(world, 'forestcoop', 'programme', {
      subject: id,
      document_hash: draft.regulation_hash,
    });
    expect(await programme(id)).toMatchObject({
      status: 'approved',
      version: 1,
      regulation_hash: draft.regulation_hash,
      share_ppm: 800_000,
      decision_id,
      draft_version: 0,
      draft_hash: ZERO_HASH,
      draft_ppm: 0,
    });
  });

  const execute = (decision_id: number) =>
    world.act('council', 'execute', ['fedor'], { caller: 'fedor', decision_id });

  it('refuses a draft that came after the vote', async () => {
    const id = await drafted();
    const matter = { subject: id, document_hash: draft.regulation_hash };
    const decision_id = await decide(world, 'forestcoop', 'programme', matter);
    await funds('revise', 'faina', { ...revision, programme_id: id });
    await expectRefusal(
      execute(decision_id),
      `document_hash: the draft's ${revision.regulation_hash} expected, decision ${decision_id} has ${draft.regulation_hash}`,
    );
  });

  it('refuses a decision that nobody can look up', async () => {
    const id = await drafted();
    const matter = { subject: id, document_hash: draft.regulation_hash };
    await expectRefusal(
      automate(world, 'forestcoop', 'programme', matter),
      'decision_id: a decision with its votes expected, came',
    );
  });

  it('refuses what has no draft', async () => {
    const matter = { subject: 1, document_hash: regulationOf(1) };
    const decision_id = await decide(world, 'forestcoop', 'programme', matter);
    await expectRefusal(execute(decision_id), 'programme: a draft expected, version 1 of 1 is approved');
  });

  it("refuses another cooperative's programme", async () => {
    const decision_id = await decide(world, 'forestcoop', 'programme', { subject: 2 });
    await expectRefusal(execute(decision_id), 'programme: one of forestcoop expected, 2 is of rivercoop');
  });

  it('refuses an unknown programme', async () => {
    const decision_id = await decide(world, 'forestcoop', 'programme', { subject: 999 });
    await expectRefusal(execute(decision_id), 'programme: a known one expected, came 999');
  });

  it('is for the council alone', () =>
    expectRefusal(
      funds('approve', 'fedor', { coop: 'forestcoop', programme_id: 1, decision_id: 1 }),
      'council',
      MISSING_AUTHORITY,
    ));
});

describe('revise', () => {
  it('drafts the next version beside the one in force, and approval replaces it', async () => {
    const id = await opened();
    await funds('revise', 'faina', { ...revision, programme_id: id });
    expect(await programme(id)).toMatchObject({
      version: 1,
      share_ppm: 900_000,
      draft_version: 2,
      draft_ppm: 700_000,
    });
    await carryOut(world, 'forestcoop', 'programme', {
      subject: id,
      document_hash: revision.regulation_hash,
    });
    expect(await programme(id)).toMatchObject({ version: 2, share_ppm: 700_000, draft_version: 0 });
  });

  it('never gives a number to two regulations', async () => {
    const id = await drafted();
    await funds('revise', 'faina', { ...revision, programme_id: id });
    expect(await programme(id)).toMatchObject({ draft_version: 2, draft_hash: revision.regulation_hash });
  });

  it('is signed by its proposer', () =>
    expectRefusal(funds('revise', 'fedor', { ...revision, programme_id: 1 }), 'faina', MISSING_AUTHORITY));

  it.each([
    [
      'a share above the whole',
      { share_ppm: 1_000_001 },
      'share_ppm: at most 1000000 expected, came 1000001',
    ],
    ['no regulation', { regulation_hash: ZERO_HASH }, 'regulation_hash: sha256 of a document expected'],
    ['an unknown programme', { programme_id: 999 }, 'programme: a known one expected, came 999'],
    [
      'a seat elsewhere',
      { programme_id: 2 },
      'proposer: a seat in the council of rivercoop expected, faina has none',
    ],
  ])('refuses %s', (_what, over, reason) =>
    expectRefusal(funds('revise', 'faina', { ...revision, programme_id: 1, ...over }), reason),
  );
});

describe('closeprog', () => {
  it('ends what is in force, and nothing begins under it', async () => {
    const id = await opened();
    await carryOut(world, 'forestcoop', 'closeprog', { subject: id });
    expect(await programme(id)).toMatchObject({ status: 'closed', version: 1 });
    await expectRefusal(
      joinProgramme(world, 'ivan', id),
      `programme: an approved one expected, ${id} is closed`,
    );
    await expectRefusal(
      funds('revise', 'faina', { ...revision, programme_id: id }),
      `programme: a draft or an approved one expected, ${id} is closed`,
    );
    await expectRefusal(
      carryOut(world, 'forestcoop', 'closeprog', { subject: id }),
      `programme: an approved one expected, ${id} is closed`,
    );
  });

  it('refuses a draft', async () => {
    const id = await drafted();
    await expectRefusal(
      carryOut(world, 'forestcoop', 'closeprog', { subject: id }),
      `programme: an approved one expected, ${id} is draft`,
    );
  });

  it("refuses another cooperative's programme", () =>
    expectRefusal(
      carryOut(world, 'forestcoop', 'closeprog', { subject: 2 }),
      'programme: one of forestcoop expected, 2 is of rivercoop',
    ));

  it('is for the council alone', () =>
    expectRefusal(
      funds('closeprog', 'fedor', { coop: 'forestcoop', programme_id: 1, decision_id: 1 }),
      'council',
      MISSING_AUTHORITY,
    ));
});

describe('join', () => {
  const join = (account: string, programme_id: number, over: Data = {}) =>
    funds('join', account, {
      account,
      programme_id,
      version: 1,
      regulation_hash: regulationOf(programme_id),
      ...over,
    });

  it('R65: makes a participant of one who signs the version in force', async () => {
    const id = await opened();
    await join('ivan', id);
    expect(await participant(id, 'ivan')).toMatchObject({ version: 1, regulation_hash: regulationOf(id) });
  });

  it('lets another cooperative take part', async () => {
    const id = await opened();
    await join('rivercoop', id);
    expect(await participant(id, 'rivercoop')).toMatchObject({ version: 1 });
  });

  it('R65: asks for a new signature after a revision', async () => {
    const id = await opened();
    await join('ivan', id);
    await funds('revise', 'faina', { ...revision, programme_id: id });
    await carryOut(world, 'forestcoop', 'programme', {
      subject: id,
      document_hash: revision.regulation_hash,
    });
    const contribution = { member: 'ivan', programme_id: id, kind: 'share', amount: '1.00 RUB' };
    const contribute = () => funds('contribute', 'ivan', { ...contribution, document_hash: hashOf('money') });
    await expectRefusal(
      contribute(),
      `member: a participant by version 2 of programme ${id} expected, ivan signed 1`,
    );
    await join('ivan', id, { version: 2, regulation_hash: revision.regulation_hash });
    await contribute();
    expect(await participant(id, 'ivan')).toMatchObject({ version: 2 });
  });

  it('R65: refuses an unapproved version', async () => {
    await expectRefusal(
      join('faina', await drafted(), { regulation_hash: draft.regulation_hash }),
      'is draft',
    );
    await expectRefusal(join('faina', 1, { version: 2 }), 'version: 1 in force expected, came 2');
  });

  it('R65: refuses the signature under another text', () =>
    expectRefusal(
      join('faina', 1, { regulation_hash: hashOf('another text') }),
      `regulation_hash: ${regulationOf(1)} in force expected, came ${hashOf('another text')}`,
    ));

  it('R65: refuses one who did not sign', () =>
    expectRefusal(
      funds('join', 'anna', {
        account: 'faina',
        programme_id: 1,
        version: 1,
        regulation_hash: regulationOf(1),
      }),
      'faina',
      MISSING_AUTHORITY,
    ));

  it.each([
    ['who only applied', 'petr', 'account: an active member of forestcoop expected, petr is applied'],
    ['of another cooperative', 'olga', 'account: an active member of forestcoop expected, olga is none'],
    [
      "that is the programme's own",
      'forestcoop',
      'account: an active member of forestcoop expected, forestcoop is none',
    ],
    ['who joined', 'ivan', 'account: not yet a participant by version 1 expected, ivan is one'],
  ])('refuses one %s', (_who, account, reason) => expectRefusal(join(account, 1), reason));
});

describe('quit', () => {
  it('ends the part', async () => {
    const id = await opened();
    await joinProgramme(world, 'ivan', id);
    await funds('quit', 'ivan', { account: 'ivan', programme_id: id });
    expect(await participant(id, 'ivan')).toBeUndefined();
  });

  it.each([
    ['a programme that is unknown', 'ivan', 999, 'programme: a known one expected, came 999'],
    ['one who takes no part', 'petr', 1, 'account: a participant of programme 1 expected, petr is none'],
  ])('refuses %s', (_what, account, programme_id, reason) =>
    expectRefusal(funds('quit', account, { account, programme_id }), reason),
  );

  it('is signed by the participant', () =>
    expectRefusal(funds('quit', 'anna', { account: 'ivan', programme_id: 1 }), 'ivan', MISSING_AUTHORITY));
});
