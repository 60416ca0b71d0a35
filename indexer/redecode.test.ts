import { describe, expect, test } from 'vitest';
import { encode } from './abi/encode.ts';
import { compile } from './abi/compile.ts';
import { createRedecoder } from './redecode.ts';
import type { RawAction } from './redecode.ts';
import type { AbiVersion } from './sink/sink.ts';
import { readRows } from './testing/row-binary.ts';
import { packAbi, shopAbi } from './testing/sim-chain.ts';

const watch = { accounts: ['shop'], rows: true };
const abi = shopAbi();

function version(abiSequence: number, globalSequence: bigint, bytes = packAbi(abi)): AbiVersion {
  return { account: 'shop', abiSequence, blockNum: Number(globalSequence), globalSequence, bytes };
}

function action(change: Partial<RawAction> = {}): RawAction {
  return {
    ...{ blockNum: 40, blockTime: 1_700_000_000_500, globalSequence: 400n, txId: new Uint8Array(32).fill(7) },
    ...{ contract: 'shop', name: 'act', abiSequence: 1 },
    raw: encode(compile(abi), 'act', { id: '18446744073709551615', note: 'ё' }),
    ...change,
  };
}

describe('an action kept raw', () => {
  test('is decoded by the version of its own sequence, into the row that the stream would have written', () => {
    const result = createRedecoder(watch, [version(1, 10n)], new Map()).decode(action());
    if ('reason' in result) throw new Error(result.reason);
    expect(result.table.name).toBe('shop_act');
    expect(readRows(result.table.columns, { bytes: result.row })).toEqual([
      {
        ...{ block_num: 40, block_time: '1700000000500', global_sequence: '400', tx_id: '07'.repeat(32) },
        ...{ id: '18446744073709551615', note: 'ё' },
      },
    ]);
  });

  test.each<[string, readonly AbiVersion[], Partial<RawAction>, RegExp]>([
    ['of a version that is not known', [version(1, 10n)], { abiSequence: 3 }, /version 3 is not known/],
    ['older than the version of its number', [version(1, 500n)], {}, /version 1 is not known/],
    ['that its version does not describe', [version(1, 10n)], { name: 'other' }, /does not describe/],
    ['whose version is no ABI', [version(1, 10n, Uint8Array.of(9, 9))], {}, /does not describe/],
    ['with bytes missing', [version(1, 10n)], { raw: Uint8Array.of(1, 2) }, /needs 8 bytes/],
    ['with bytes left over', [version(1, 10n)], { raw: new Uint8Array(12) }, /3 bytes are left over/],
    ['of an account not watched', [version(1, 10n)], { contract: 'bank' }, /not watched/],
  ])('%s stays raw, with the reason', (_name, versions, change, reason) => {
    const result = createRedecoder(watch, versions, new Map()).decode(action(change));
    expect('reason' in result ? result.reason : 'decoded').toMatch(reason);
  });

  test('goes by a given ABI to the table of the same columns, else to one of its own', () => {
    const later = action({ abiSequence: 9 });
    const same = createRedecoder(watch, [version(1, 10n)], new Map([['shop', abi]])).decode(later);
    const none = createRedecoder(watch, [], new Map([['shop', abi]])).decode(later);
    expect([same, none].map((result) => ('reason' in result ? result.reason : result.table.name))).toEqual([
      'shop_act',
      'shop_act_given',
    ]);
  });

  test('that neither can decode tells both reasons', () => {
    const torn = action({ abiSequence: 9, raw: Uint8Array.of(1) });
    const result = createRedecoder(watch, [version(1, 10n)], new Map([['shop', abi]])).decode(torn);
    expect('reason' in result && result.reason).toMatch(/version 9 is not known; .*needs 8 bytes/);
  });
});
