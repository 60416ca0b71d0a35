import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { httpDriver } from '../../chain/http.ts';
import { startNodeos } from '../../nodeos/nodeos.ts';
import { furnish } from './fixture/furnish.ts';
import { repliesOf } from './fixture/replies.ts';

test('a real node replies as was written down of it (to write it down anew: vitest -u)', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'zakroma-replies-'));
  const node = await startNodeos({ dir });
  try {
    await furnish(httpDriver({ url: node.httpUrl }));
    const replies = await repliesOf(node.httpUrl);
    await expect(`${JSON.stringify(replies, undefined, 2)}\n`).toMatchFileSnapshot(
      './fixture/leap-4.1-replies.json',
    );
  } finally {
    await node.stop();
    await rm(dir, { recursive: true, force: true });
  }
});
