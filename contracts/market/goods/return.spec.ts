import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastIds, quantitiesOf } from '../../spec/acts.ts';
import { shareOf } from '../../spec/funds-world.ts';
import { type GoodsWorld, openGoodsWorld } from '../../spec/goods-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../../spec/refusal.ts';
import { ZERO_HASH } from '../../spec/world.ts';

let goods: GoodsWorld;

beforeAll(async () => {
  goods = await openGoodsWorld();
}, 120_000);

afterAll(async () => {
  await goods.chain.close();
});

type Data = Record<string, unknown>;

/** A lot of 100 kg of which 10 kg are issued to ivan. */
async function issue(over: Data = {}): Promise<{ lot: number; act: number }> {
  const { lot } = await goods.buy();
  const { act } = await goods.issued({ lot_id: lot, ...over });
  return { lot, act };
}

const balance = async () =>
  Number(String((await shareOf(goods.world, 'forestcoop', 'ivan'))?.['balance']).replace(/[^0-9]/g, ''));

describe('giveback and takeback', () => {
  it('put what is fit back into stock', async () => {
    const { lot, act } = await issue();
    await goods.broughtBack({ act_id: act, quantity: '4.000 KG' });
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ issued: 6_000, lost: 0, stock: 94_000 });
    expect(await goods.actRow(act)).toMatchObject({ returned: '4.000 KG', refunded: '120.00 RUB' });
  });

  it('lose what is not', async () => {
    const { lot, act } = await issue();
    await goods.broughtBack({ act_id: act, quantity: '4.000 KG' }, { fit: false });
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ issued: 6_000, lost: 4_000, stock: 90_000 });
    expect(await goods.ledgerSums()).toEqual([0, 0]);
  });

  it("give the member's share account back what the issue took, to the kopeck, in whatever parts", async () => {
    const before = await balance();
    const { act } = await issue({ quantity: '0.007 KG', price: '71.43 RUB' });
    expect(before - (await balance())).toBe(50);
    for (const quantity of ['0.001 KG', '0.003 KG', '0.002 KG', '0.001 KG'])
      await goods.broughtBack({ act_id: act, quantity });
    expect(await balance()).toBe(before);
    const reason = 'quantity: at most 0.000 KG expected, came 0.001 KG';
    await expectRefusal(goods.acts.giveback({ act_id: act, quantity: '0.001 KG' }), reason);
  });

  it.each([
    [
      'more than was issued',
      { quantity: '10.001 KG' },
      'quantity: at most 10.000 KG expected, came 10.001 KG',
    ],
    ['nothing', { quantity: '0.000 KG' }, 'quantity: more than zero expected, came 0.000 KG'],
    ['a foreign unit', { quantity: '1 PCS' }, 'quantity: 3,KG expected, came 0,PCS'],
    ['an unknown act', { act_id: 4_000_000 }, 'act_id: an act of the last 400 days expected, came 4000000'],
    ['no reason', { reason: '' }, 'reason: a text expected, came an empty one'],
    [
      'a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
  ])('giveback refuses %s', async (_, over, reason) => {
    const { act } = await issue();
    await expectRefusal(
      goods.acts.giveback({ act_id: act, document_hash: goods.document(), ...over }),
      reason,
    );
  });

  it("giveback refuses another act, and another member's", async () => {
    const bought = await goods.buy();
    const giveback = (data: Data) => goods.acts.giveback({ ...data, document_hash: goods.document() });
    const reason = `act_id: an act of issue expected, ${bought.act} is buy`;
    await expectRefusal(giveback({ act_id: bought.act }), reason);
    const { act } = await issue();
    await expectRefusal(
      giveback({ act_id: act, member: 'anna' }),
      `member: ivan, to whom act ${act} issued, expected, came anna`,
    );
  });

  it('each is signed by its own side', async () => {
    const { act } = await issue();
    const document_hash = goods.document();
    await expectRefusal(goods.acts.giveback({ act_id: act }, ['anna']), 'ivan', MISSING_AUTHORITY);
    await goods.acts.giveback({ act_id: act, document_hash });
    await expectRefusal(goods.acts.takeback({ document_hash }, ['ivan']), 'anna', MISSING_AUTHORITY);
    await expectRefusal(
      goods.acts.takeback({ document_hash, chair: 'boris' }),
      'chair: anna, chair of section 1, expected, came boris',
    );
  });

  it('of several halves together no more comes back than was issued', async () => {
    const { act } = await issue();
    const [first, second] = [goods.document(), goods.document()];
    await goods.acts.giveback({ act_id: act, quantity: '6.000 KG', document_hash: first });
    await goods.acts.giveback({ act_id: act, quantity: '5.000 KG', document_hash: second });
    await goods.acts.takeback({ document_hash: first });
    const reason = 'quantity: at most 4.000 KG expected, came 5.000 KG';
    await expectRefusal(goods.acts.takeback({ document_hash: second }), reason);
  });

  it('R64: nobody who left the programme brings back', async () => {
    const { act } = await issue({ member: 'anna' });
    await goods.world.act('funds', 'quit', ['anna'], { account: 'anna', programme_id: 1 });
    const reason = 'member: a participant of programme 1 expected, anna is none';
    await expectRefusal(goods.acts.giveback({ act_id: act, member: 'anna' }), reason);
  });

  it('R22: takeback refuses a decision that the council did not take', async () => {
    const { act } = await issue();
    await expectRefusal(goods.broughtBack({ act_id: act }, { decision_id: 4_000_000 }), 'decision_id');
  });
});

describe('complain and resolve', () => {
  const complain = async (over: Data = {}) => {
    const { act, lot } = await issue();
    const receipt = await goods.acts.complain({ act_id: act, ...over });
    return { act, lot, receipt, id: (await lastIds(goods.world)).complaint };
  };
  const row = (id: number) => goods.world.row('market', 'market', 'complaints', String(id));

  it('a complaint is open until the chair answers it', async () => {
    const { act, lot, id } = await complain();
    const fact = { coop: 'forestcoop', act_id: act, lot_id: lot, product: 'potato', member: 'ivan' };
    expect(await row(id)).toMatchObject({ ...fact, quantity: '1.000 KG', reason: 'гниль', status: 'open' });
    await goods.acts.resolve({ complaint_id: id });
    expect(await row(id)).toBeUndefined();
    await expectRefusal(
      goods.acts.resolve({ complaint_id: id }),
      `complaint_id: an open complaint expected, ${id} is unknown or answered`,
    );
  });

  it('one about an act is open at a time', async () => {
    const { act, id } = await complain();
    await expectRefusal(
      goods.acts.complain({ act_id: act }),
      `act_id: an act without an open complaint expected, ${act} has complaint ${id}`,
    );
    await goods.acts.resolve({ complaint_id: id, upheld: false });
    await goods.acts.complain({ act_id: act });
    expect((await lastIds(goods.world)).complaint).toBe(id + 1);
  });

  it.each([
    [
      'more than was issued',
      { quantity: '10.001 KG' },
      'quantity: at most 10.000 KG expected, came 10.001 KG',
    ],
    ['nothing', { quantity: '0.000 KG' }, 'quantity: more than zero expected, came 0.000 KG'],
    ['no reason', { reason: '' }, 'reason: a text expected, came an empty one'],
    ["another member's act", { member: 'anna' }, 'member: ivan, to whom act '],
    ['an unknown act', { act_id: 4_000_000 }, 'act_id: an act of the last 400 days expected, came 4000000'],
    [
      'a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
  ])('complain refuses %s', (_, over, reason) => expectRefusal(complain(over), reason));

  it.each([
    ["another section's chair", { chair: 'boris' }, 'chair: anna, chair of section 1, expected, came boris'],
    ['no reason', { reason: '' }, 'reason: a text expected, came an empty one'],
    [
      'a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
  ])('resolve refuses %s', async (_, over, reason) => {
    const { id } = await complain();
    await expectRefusal(goods.acts.resolve({ complaint_id: id, ...over }), reason);
  });

  it('each is signed by its own side', async () => {
    const { act, id } = await complain();
    await expectRefusal(goods.acts.complain({ act_id: act }, ['anna']), 'ivan', MISSING_AUTHORITY);
    await expectRefusal(goods.acts.resolve({ complaint_id: id }, ['ivan']), 'anna', MISSING_AUTHORITY);
  });
});
