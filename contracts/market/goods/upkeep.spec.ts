import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GoodsWorld, openGoodsWorld } from '../../spec/goods-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../../spec/refusal.ts';
import { FOREST, CITY, territory, hashOf } from '../../spec/world.ts';

let goods: GoodsWorld;

beforeAll(async () => {
  goods = await openGoodsWorld();
}, 120_000);

afterAll(async () => {
  await goods.chain.close();
});

const DAY_MS = 24 * 60 * 60 * 1000;

/** Time passes, where the chain is ours to say so; a property of 30 days has no other proof. */
async function travel(days: number): Promise<boolean> {
  const { driver } = goods.world;
  if (driver.travel === undefined) return false;
  const { headBlockTime } = await driver.info();
  await driver.travel(Date.parse(`${headBlockTime.replace(/Z$/, '')}Z`) + days * DAY_MS);
  return true;
}

describe('lapse', () => {
  it('takes away a half that nobody answered in 30 days, and not before', async () => {
    const document_hash = goods.document();
    await goods.acts.supply({ document_hash });
    const early = 'document_hash: a half that has lapsed expected, this one waits till ';
    await expectRefusal(goods.acts.lapse({ document_hash }), early);
    if (!(await travel(30))) return;
    const reason = 'document_hash: a document signed in the last 30 days expected, this one lapsed at ';
    await expectRefusal(goods.acts.accept({ document_hash }), reason);
    const receipt = await goods.acts.lapse({ document_hash });
    expect(await goods.logsOf(receipt)).toEqual([
      ['logintent', expect.objectContaining({ act_id: 0, status: 'lapsed', document_hash }) as unknown],
    ]);
    await goods.acts.supply({ document_hash });
    await goods.acts.accept({ document_hash });
  });

  it('refuses a document that nothing waits under', async () => {
    const document_hash = goods.document();
    const reason = `document_hash: a document that the other side has signed expected, came ${document_hash}`;
    await expectRefusal(goods.acts.lapse({ document_hash }), reason);
  });

  it('is signed by the caller', () =>
    expectRefusal(goods.acts.lapse({}, ['anna']), 'stranger', MISSING_AUTHORITY));
});

describe('prune', () => {
  const none = (up_to: number) =>
    `up_to_act: an act older than 400 days expected, there is none up to ${up_to}`;

  it('forgets acts older than 400 days, the oldest first, and no younger one', async () => {
    const acts: number[] = [];
    for (let i = 0; i < 3; i++) acts.push((await goods.buy()).act);
    await expectRefusal(goods.acts.prune(), none(1_000_000));
    if (!(await travel(400))) return;
    const young = await goods.buy();
    const [first = 0, second = 0, third = 0] = acts;
    await expectRefusal(goods.acts.prune({ up_to_act: 0 }), none(0));
    await goods.acts.prune({ up_to_act: second });
    await goods.acts.prune({ max: 1 });
    expect(await Promise.all([first, second, third, young.act].map(goods.actRow))).toEqual([
      undefined,
      undefined,
      undefined,
      expect.objectContaining({ act_id: young.act }),
    ]);
    await expectRefusal(goods.acts.prune(), none(1_000_000));
    const reason = `act_id: an act of the last 400 days expected, came ${first}`;
    await expectRefusal(goods.acts.reverse({ act_id: first }), reason);
  });

  it.each([0, 101])('refuses to forget %i at a time', (max) =>
    expectRefusal(goods.acts.prune({ max }), `max: 1 to 100 expected, came ${max}`),
  );

  it('is signed by the caller', () =>
    expectRefusal(goods.acts.prune({}, ['anna']), 'stranger', MISSING_AUTHORITY));
});

describe('logs', () => {
  const body = {
    act_id: 1,
    parent_act: 0,
    coop: 'forestcoop',
    programme: 1,
    decision_id: 0,
    robot: '',
    document_hash: hashOf('act'),
    lot_id: 1,
    product: 'potato',
    quantity: '1.000 KG',
    grams: 1000,
    price: '1.00 RUB',
    value: '1.00 RUB',
    origin: territory(FOREST),
    from: territory(FOREST),
    to: territory(CITY),
    evidence: 1,
    producer: '',
    producer_kind: 'farm',
    producer_member: false,
    recipient: '',
    recipient_kind: '',
    residence: '',
    grade: 1,
    rejected: '0.000 KG',
    reject_reason: '',
    status: 'instock',
    parent_lot: 0,
    order_id: 0,
    chair: 'anna',
    reason: '',
    origins: [],
  };
  it.each([
    'logintent',
    'logaccept',
    'logship',
    'logreceive',
    'logloss',
    'logsellout',
    'logissue',
    'logreturn',
    'logprocess',
    'logcount',
    'logreverse',
  ])('%s is written by the contract alone', (name) =>
    expectRefusal(goods.world.act('market', name, ['anna'], { body }), 'market', MISSING_AUTHORITY),
  );

  it('logclaim is written by the contract alone', () => {
    const fact = {
      complaint_id: 1,
      coop: 'forestcoop',
      act_id: 1,
      lot_id: 1,
      product: 'potato',
      member: 'ivan',
    };
    const rest = { reason: 'гниль', status: 'open', chair: '', document_hash: hashOf('act') };
    const data = { ...fact, quantity: '1.000 KG', ...rest };
    return expectRefusal(goods.world.act('market', 'logclaim', ['anna'], data), 'market', MISSING_AUTHORITY);
  });
});
