import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastIds, quantitiesOf } from '../../spec/acts.ts';
import { decide } from '../../spec/decisions.ts';
import { ledgerOf, shareOf } from '../../spec/funds-world.ts';
import { type GoodsWorld, openGoodsWorld } from '../../spec/goods-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../../spec/refusal.ts';
import { CITY, ZERO_HASH, territory } from '../../spec/world.ts';

let goods: GoodsWorld;

beforeAll(async () => {
  goods = await openGoodsWorld();
}, 120_000);

afterAll(async () => {
  await goods.chain.close();
});

type Data = Record<string, unknown>;

const reverse = (act_id: number, over: Data = {}) =>
  goods.acts.reverse({ act_id, document_hash: goods.document(), ...over });
const last = () => lastIds(goods.world);

/** All that acts change: the ledgers and share accounts of both cooperatives. */
async function books(): Promise<unknown> {
  const { world } = goods;
  return Promise.all([
    ...['forestcoop', 'rivercoop'].map(async (coop) => {
      const accounts = Object.entries(await ledgerOf(world, coop));
      return Object.fromEntries(accounts.filter(([, balance]) => balance !== 0));
    }),
    ...['ivan', 'anna'].map(async (member) => (await shareOf(world, 'forestcoop', member))?.['balance']),
  ]);
}

async function shipped(over: Data = {}): Promise<{ lot: number; act: number }> {
  const { lot } = await goods.buy();
  await goods.acts.ship({ lot_id: lot, document_hash: goods.document(), ...over });
  return { lot, act: (await last()).act };
}

async function received(quantity: string): Promise<{ lot: number; shipment: number; act: number }> {
  const { lot, act: shipment } = await shipped();
  const { act } = await last();
  await goods.acts.receive({ shipment_id: shipment, quantity });
  return { lot, shipment, act: act + 1 };
}

async function issued(): Promise<{ lot: number; act: number }> {
  const { lot } = await goods.buy();
  const { act } = await goods.issued({ lot_id: lot });
  return { lot, act };
}

/** A lot as it stands, and an act on it, which gives back how it is undone. */
type Case = { readonly lot: number; readonly act: () => Promise<() => Promise<unknown>> };

/** An act that is the last one, undone by this chair and party. */
const undoing = async (over: Data = {}) => {
  const { act } = await last();
  return () => reverse(act, over);
};

const plain = async (name: 'sellout' | 'count' | 'ship', data: Data): Promise<Case> => {
  const { lot } = await goods.buy();
  const act = async () => {
    await goods.acts[name]({ lot_id: lot, document_hash: goods.document(), ...data });
    return undoing();
  };
  return { lot, act };
};

const givenBack = async (fit: boolean): Promise<Case> => {
  const { lot, act: issue } = await issued();
  const act = async () => {
    await goods.broughtBack({ act_id: issue, quantity: '3.000 KG' }, { fit });
    return undoing({ party: 'ivan' });
  };
  return { lot, act };
};

const arrived = async (quantity: string, parts: number): Promise<Case> => {
  const { lot, act: shipment } = await shipped();
  const act = async () => {
    await goods.acts.receive({ shipment_id: shipment, quantity });
    const { act: after } = await last();
    return () => reverse(after - parts, { chair: 'boris' });
  };
  return { lot, act };
};

const CASES: Record<string, () => Promise<Case>> = {
  'a sale': () => plain('sellout', { to: territory(CITY) }),
  'a shortage': () => plain('count', { counted: '1.000 KG' }),
  'a surplus': () => plain('count', { counted: '101.000 KG' }),
  'a shipment on the way': () => plain('ship', {}),
  'a receipt': () => arrived('10.000 KG', 0),
  'a receipt with a shortfall': () => arrived('9.000 KG', 1),
  'a wholly lost shipment': () => arrived('0.000 KG', 0),
  'a return to stock': () => givenBack(true),
  'a spoiled return': () => givenBack(false),
  async 'an issue'() {
    const { lot } = await goods.buy();
    const act = async () => {
      await goods.issued({ lot_id: lot });
      return undoing({ party: 'ivan' });
    };
    return { lot, act };
  },
  async 'a write-off'() {
    const { lot } = await goods.buy();
    const act = async () => {
      const document_hash = goods.document();
      const matter = { amount: '25.00 RUB', document_hash };
      const decision_id = await decide(goods.world, 'forestcoop', 'writeoff', matter);
      await goods.acts.writeoff({ lot_id: lot, decision_id, document_hash });
      return undoing();
    };
    return { lot, act };
  },
  async 'a processing'() {
    const { lot } = await goods.buy();
    const other = await goods.buy();
    const act = async () => {
      const inputs = [lot, other.lot].map((lot_id) => ({ lot_id, quantity: '1.000 KG' }));
      await goods.acts.process({ inputs, document_hash: goods.document() });
      const { act: after } = await last();
      return () => reverse(after - inputs.length);
    };
    return { lot, act };
  },
};

describe('reverse gives back what there was before', () => {
  it.each(Object.entries(CASES))('%s', async (_, prepare) => {
    const { lot, act } = await prepare();
    const before = [await quantitiesOf(goods.world, lot), await books()];
    const undo = await act();
    expect([await quantitiesOf(goods.world, lot), await books()]).not.toEqual(before);
    await undo();
    expect([await quantitiesOf(goods.world, lot), await books()]).toEqual(before);
    expect(await goods.ledgerSums()).toEqual([0, 0]);
  });

  it('an acceptance: the lot is empty and the member has what they had', async () => {
    const before = await books();
    const { act, lot } = await goods.supplied();
    await reverse(act, { party: 'ivan' });
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ accepted: 0, stock: 0 });
    expect(await books()).toEqual(before);
  });

  it('a bought lot', async () => {
    const before = await books();
    const { act, lot } = await goods.buy();
    await reverse(act);
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ accepted: 0, stock: 0 });
    expect(await books()).toEqual(before);
  });

  it('after a reversed receipt the shipment is on the way again and can be received rightly', async () => {
    const { shipment, act, lot } = await received('9.000 KG');
    await reverse(act, { chair: 'boris' });
    await goods.acts.receive({ shipment_id: shipment, quantity: '10.000 KG' });
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ shipped: 10_000, lost: 0, stock: 90_000 });
  });

  it('an order is open again after the issue that filled it is reversed', async () => {
    const { lot } = await goods.buy();
    const order = {
      member: 'ivan',
      programme: 1,
      product: 'potato',
      quantity: '10.000 KG',
      price: '30.00 RUB',
      point_id: 1,
      due: '2100-01-01T00:00:00',
      document_hash: goods.document(),
    };
    await goods.world.act('market', 'order', ['ivan'], order);
    const counters = await goods.world.row('market', 'market', 'dealcounters', 'dealcounters');
    const order_id = Number(counters?.['order_id']);
    const orderRow = () => goods.world.row('market', 'market', 'orders', String(order_id));
    const { act } = await goods.issued({ lot_id: lot, order_id });
    expect(await orderRow()).toMatchObject({ status: 'filled' });
    await expectRefusal(goods.issued({ lot_id: lot, order_id }), 'quantity: at most 0.000 KG of order');
    await reverse(act, { party: 'ivan' });
    expect(await orderRow()).toMatchObject({ status: 'open', filled: '0.000 KG' });
  });
});

describe('reverse refuses', () => {
  it('an act twice, or one that is unknown', async () => {
    const { act } = await goods.buy();
    await reverse(act);
    await expectRefusal(reverse(act), `act_id: an act in force expected, ${act} is reversed`);
    await expectRefusal(reverse(4_000_000), 'act_id: an act of the last 400 days expected, came 4000000');
    await expectRefusal(reverse((await last()).act), 'act_id: an act of the last 400 days expected');
  });

  it('a reversed issue as something to bring back or complain about', async () => {
    const { act } = await issued();
    await reverse(act, { party: 'ivan' });
    const reason = `act_id: an act in force expected, ${act} is reversed`;
    await expectRefusal(goods.acts.giveback({ act_id: act, document_hash: goods.document() }), reason);
    await expectRefusal(goods.acts.complain({ act_id: act }), reason);
  });

  it('what has moved on', async () => {
    const bought = await goods.buy();
    await goods.issued({ lot_id: bought.lot });
    const moved = `lot ${bought.lot}: at least 100.000 KG expected in stock, came 90.000 KG`;
    await expectRefusal(reverse(bought.act), moved);
    const { shipment, act } = await received('9.000 KG');
    const gone = `act_id: a shipment on the way expected, ${shipment} is received`;
    await expectRefusal(reverse(shipment), gone);
    const arrived = (await last()).lot;
    await goods.acts.count({ chair: 'boris', lot_id: arrived, counted: '0.000 KG' });
    await expectRefusal(
      reverse(act, { chair: 'boris' }),
      `lot ${arrived}: at least 9.000 KG expected in stock`,
    );
  });

  it('an issue that something came back from', async () => {
    const { act } = await issued();
    await goods.broughtBack({ act_id: act, quantity: '3.000 KG' });
    const reason = 'act_id: an issue that nothing came back from expected, came 3.000 KG';
    await expectRefusal(reverse(act, { party: 'ivan' }), reason);
  });

  it('a part of an act alone', async () => {
    const { act } = await received('9.000 KG');
    const loss = (await last()).act;
    await expectRefusal(
      reverse(loss, { chair: 'boris' }),
      `act_id: ${act} expected, of which ${loss} is a part`,
    );
    const { lot } = await goods.buy();
    const inputs = [{ lot_id: lot, quantity: '1.000 KG' }];
    await goods.acts.process({ inputs, document_hash: goods.document() });
    const used = (await last()).act;
    await expectRefusal(reverse(used), `act_id: ${used - 1} expected, of which ${used} is a part`);
  });

  it('who did not sign the act', async () => {
    const { act } = await goods.supplied();
    await expectRefusal(reverse(act), 'party: ivan expected, came nothing');
    await expectRefusal(reverse(act, { party: 'olga' }), 'party: ivan expected, came olga');
    const boris = reverse(act, { party: 'ivan', chair: 'boris' });
    await expectRefusal(boris, 'chair: anna, chair of section 1, expected, came boris');
    const alone = goods.acts.reverse({ act_id: act, party: 'ivan' }, ['anna']);
    await expectRefusal(alone, 'ivan', MISSING_AUTHORITY);
    const chairless = goods.acts.reverse({ act_id: act, party: 'ivan' }, ['ivan']);
    await expectRefusal(chairless, 'anna', MISSING_AUTHORITY);
    const bought = await goods.buy();
    await expectRefusal(reverse(bought.act, { party: 'ivan' }), 'party: nothing expected, came ivan');
  });

  it.each([
    ['no reason', { reason: '' }, 'reason: a text expected, came an empty one'],
    [
      'a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
    ['a decision that is not (R22)', { decision_id: 4_000_000 }, 'decision_id'],
  ])('%s', async (_, over, reason) => {
    const { act } = await goods.buy();
    await expectRefusal(reverse(act, over), reason);
  });

  it("to take back from a member's share account what is no longer there", async () => {
    const { act } = await goods.supplied({ quantity: '1000.000 KG', price: '2000.00 RUB' });
    const balance = String((await shareOf(goods.world, 'forestcoop', 'ivan'))?.['balance']);
    const amount = balance;
    const document_hash = goods.document();
    await goods.world.act('funds', 'refund', ['ivan'], {
      member: 'ivan',
      programme_id: 1,
      amount,
      document_hash,
    });
    await expectRefusal(reverse(act, { party: 'ivan' }), 'share account');
  });
});
