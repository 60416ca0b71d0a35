import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drawChapters } from '../../indexer/simulation/chapters.ts';
import { differenceOf } from '../../indexer/simulation/compare.ts';
import { startEndpoint } from '../../indexer/simulation/endpoint.ts';
import type { Life } from '../../indexer/simulation/life.ts';
import { wellBehaved } from '../../indexer/simulation/manners.ts';
import { modelOf } from '../../indexer/simulation/model.ts';
import { openWarehouse } from '../open.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { foundIn } from '../testing/found-rows.ts';
import type { Kill, KilledOptions } from '../testing/killed-indexer.ts';

/** Every step of a commit and of the tails, by the statement that makes it. */
const writes = [
  'insert into chain\\.batch',
  'insert into chain\\.block ',
  'insert into chain\\.action ',
  'insert into chain\\.abi ',
  'insert into chain\\.code ',
  'insert into chain\\.row_raw ',
  'insert into chain\\.(shop|depot)\\w+(?<!_tail) ',
  'insert into chain\\.cursor',
  'insert into chain\\.block_tail ',
  'drop partition|truncate table',
  'create table if not exists `chain`\\.`(shop|depot)',
  'view chain\\.row_history',
];
const kills = writes.flatMap((write) =>
  (['before', 'amid', 'after'] as const).map((when): Kill => ({ when, write })),
);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

/** One life of a real process; gives the signal that ended it. Throws when it ended by itself with an error. */
async function live(seed: string, chapter: Life, kill: Kill | null): Promise<NodeJS.Signals | null> {
  const endpoint = await startEndpoint(seed, chapter, wellBehaved);
  try {
    const { head, lib } = chapter.end;
    const options: KilledOptions = {
      ...{ folder: folder.path, url: endpoint.url, kill },
      end: { head: { blockNum: head.blockNum, blockId: head.blockId }, lib },
    };
    const program = new URL('../testing/killed-indexer.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [program, JSON.stringify(options)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    if (signal === null && code !== 0) throw new Error(`the process ended with code ${String(code)}`);
    return signal;
  } finally {
    await endpoint.close();
  }
}

test(
  'killed by SIGKILL before, amid and after every step of a commit, the tables equal the model',
  { timeout: 400_000 },
  async () => {
    const chapters = drawChapters('sigkill', kills.length + 1);
    const survived: Kill[] = [];
    for (const [at, kill] of kills.entries()) {
      if ((await live('sigkill', chapters[at] as Life, kill)) !== 'SIGKILL') survived.push(kill);
    }
    const last = chapters.at(-1) as Life;
    expect(await live('sigkill', last, null)).toBeNull();
    expect(survived).toEqual([]);
    const warehouse = await openWarehouse({ path: folder.path });
    try {
      const { head, lib } = last.end;
      expect(differenceOf(modelOf(head, lib, 1, false), await foundIn(warehouse))).toBeNull();
    } finally {
      await warehouse.close();
    }
  },
);
