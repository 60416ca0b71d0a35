import { roubles } from './amounts.ts';
import { drafted, type Life, newPaper } from './life.ts';
import { type Draft, signed } from './step.ts';

/** A member pays money into the share account, and the cashier confirms it by the bank's paper. Kopecks. */
export function payIn(life: Life, coop: number, member: string, kopecks: number): Draft {
  const { world, ids, purses } = life;
  ids.payment += 1;
  purses.add(coop, member, world.shareOf(kopecks, coop));
  return drafted(
    life,
    [
      signed('funds', 'contribute', member, {
        member,
        programme_id: world.programme(coop, 'goods').id,
        kind: 'share',
        amount: roubles(kopecks),
        document_hash: newPaper(life),
      }),
      confirm(life, coop),
    ],
    ['money paid in'],
  );
}

/** A member asks a part of the share account back (R66); the cashier pays. */
export function payOut(life: Life, coop: number, member: string, kopecks: number): Draft {
  const { world, ids, purses } = life;
  ids.payment += 1;
  purses.add(coop, member, -kopecks);
  return drafted(
    life,
    [
      signed('funds', 'refund', member, {
        member,
        programme_id: world.programme(coop, 'goods').id,
        amount: roubles(kopecks),
        document_hash: newPaper(life),
      }),
      confirm(life, coop),
    ],
    ['money paid out'],
  );
}

function confirm(life: Life, coop: number) {
  const cashier = life.world.reference.cashier(coop);
  return signed('funds', 'confirmpay', cashier, {
    cashier,
    payment_id: life.ids.payment,
    bank_hash: newPaper(life),
  });
}
