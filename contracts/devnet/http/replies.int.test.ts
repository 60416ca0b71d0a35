import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpDriver } from '../../chain/http.ts';
import type { Devnet } from '../devnet.ts';
import { createDevnet } from '../devnet.ts';
import type { Served } from '../ship/server.ts';
import { furnish } from './fixture/furnish.ts';
import recorded from './fixture/leap-4.1-replies.json' with { type: 'json' };
import type { Reply } from './fixture/replies.ts';
import { repliesOf } from './fixture/replies.ts';
import { serveChainApi } from './server.ts';

let devnet: Devnet;
let served: Served;
let replies: Record<string, Reply>;

beforeAll(async () => {
  devnet = createDevnet();
  served = await serveChainApi(devnet, { port: 0 });
  await furnish(httpDriver({ url: served.url }));
  replies = await repliesOf(served.url);
});
afterAll(async () => {
  await served.close();
  devnet.close();
});

const texts = ({ details }: Reply): unknown[] => (Array.isArray(details) ? details : []);

describe("nodeos' reply to", () => {
  test.each(Object.entries<Reply>(recorded))('%s', (name, expected) => {
    const { details, ...reply } = replies[name] ?? {};
    // What nodeos says comes first; this chain may say more.
    const said =
      details === undefined ? {} : { details: texts({ details }).slice(0, texts(expected).length) };
    expect({ ...reply, ...said }).toEqual(expected);
  });

  test('every request was written down', () => {
    expect(Object.keys(replies)).toEqual(Object.keys(recorded));
  });
});
