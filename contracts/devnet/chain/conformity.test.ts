import { readFileSync } from 'node:fs';
import { ABI, Serializer } from '@wharfkit/antelope';
import { describe, expect, test } from 'vitest';
import { nameNumber } from '../bytes/name.ts';
import { actionDigest, receiptHash } from '../host/trace.ts';
import type { Receipt } from '../host/trace.ts';
import { blockId, packHeader, readBlock, receiptDigest } from './block.ts';
import { chainIdOf, genesisBlock } from './genesis.ts';
import { merkleRoot } from './hash.ts';
import { readPacked } from './transaction.ts';
import { parsePublicKey } from '../../chain/keys.ts';

type Sample = { num: number; id: string; previous: string; block: string; traces: string };
type Level = { actor: string; permission: string };
type TraceReceipt = {
  receiver: string;
  act_digest: string;
  global_sequence: string;
  recv_sequence: string;
  auth_sequence: { account: string; sequence: string }[];
  code_sequence: number;
  abi_sequence: number;
};
type Trace = {
  receipt: [string, TraceReceipt];
  act: { account: string; name: string; authorization: Level[]; data: string };
};
type TransactionTrace = [
  string,
  { id: string; cpu_usage_us: number; net_usage: string; action_traces: [string, Trace][] },
];

/** Blocks with their state history from a real node (Leap 4.1). */
const samples = JSON.parse(
  readFileSync(new URL('../fixture/leap-4.1-blocks.json', import.meta.url), 'utf8'),
) as Sample[];
const protocol = ABI.from(readFileSync(new URL('../ship/protocol.abi.json', import.meta.url), 'utf8'));

const tracesOf = ({ traces }: Sample): TransactionTrace[] =>
  Serializer.objectify(
    Serializer.decode({ data: traces, type: 'transaction_trace[]', abi: protocol }),
  ) as TransactionTrace[];

const receiptOf = ({ receipt: [, from] }: Trace): Receipt => ({
  receiver: nameNumber(from.receiver),
  actDigest: Buffer.from(from.act_digest, 'hex'),
  globalSequence: Number(from.global_sequence),
  recvSequence: Number(from.recv_sequence),
  authSequence: from.auth_sequence.map(
    ({ account, sequence }) => [nameNumber(account), Number(sequence)] as const,
  ),
  codeSequence: from.code_sequence,
  abiSequence: from.abi_sequence,
});

describe.each(samples)('block $num of a real node', (sample) => {
  const block = Buffer.from(sample.block, 'hex');
  const { header, transactions } = readBlock(block);
  const traces = tracesOf(sample).flatMap(([, { action_traces }]) => action_traces.map(([, trace]) => trace));

  test('has the id that its header gives here', () => {
    expect(blockId(packHeader(header), sample.num).toString('hex')).toBe(sample.id);
    expect(Buffer.from(header.previous).toString('hex')).toBe(sample.previous);
  });

  test('has the transaction root of its transactions, with their ids and billed size', () => {
    const digests = transactions.map((one) => receiptDigest(one, readPacked(one.packed).digest));
    expect(digests.length).toBeGreaterThan(0);
    expect(merkleRoot(digests).equals(header.transactionRoot)).toBe(true);
    for (const { packed, netWords } of transactions) {
      const { id, netUsage } = readPacked(packed);
      expect(netUsage).toBe(netWords * 8);
      expect(tracesOf(sample).map(([, trace]) => trace.id)).toContain(id.toString('hex'));
    }
  });

  test('has the action root of its receipts, and their digests of actions', () => {
    for (const { act, receipt } of traces) {
      const { account, name, authorization, data } = act;
      const levels = authorization.map(({ actor, permission }) => ({
        actor: nameNumber(actor),
        permission: nameNumber(permission),
      }));
      const digest = actionDigest({
        account: nameNumber(account),
        name: nameNumber(name),
        authorization: levels,
        data: Buffer.from(data, 'hex'),
      });
      expect(digest.toString('hex')).toBe(receipt[1].act_digest);
    }
    const executed = traces.map(receiptOf).sort((a, b) => a.globalSequence - b.globalSequence);
    expect(merkleRoot(executed.map(receiptHash)).equals(header.actionRoot)).toBe(true);
  });
});

test('a chain without a seed has the id and first block that a real node gives the same genesis', () => {
  const genesis = {
    timeMs: Date.UTC(2018, 5, 1, 12),
    publicKey: parsePublicKey('EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV'),
    seed: '',
  };
  expect(chainIdOf(genesis).toString('hex')).toBe(
    '8a34ec7df1b8cd06ff4a8abbaa7cc50300823350cadc59ab296cb00d104d2b8f',
  );
  expect(genesisBlock(genesis).id.toString('hex')).toBe(
    '000000017c8ae6fcc236a1254b032f9b375971d88025e717fcba43aeee9aa41a',
  );
  expect(chainIdOf({ ...genesis, seed: 'another' })).not.toEqual(chainIdOf(genesis));
});
