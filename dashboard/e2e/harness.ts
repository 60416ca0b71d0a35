import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { createApi } from '../api/app.ts';
import type { PageHandler } from '../api/pages.ts';
import type { SystemStatus } from '../api/status.ts';
import { liveStatus, newsroom } from '../api/testing/fake.ts';
import { openTestRegion, type ShortAct, type TestRegion } from '../api/testing/region.ts';
import { season } from './season.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const COMMITTED_TIME = '2026-10-30T09:41:00.000Z';

export type Pages = { readonly handler: PageHandler; remove(): Promise<void> };

/** The pages of `npm run build`, which builds nothing when they are current; from a copy, so that another build does not pull the files away. */
export async function buildPages(): Promise<Pages> {
  const copy = join(ROOT, '.cache', `pages-${process.pid}`);
  await promisify(execFile)(process.execPath, ['dashboard/build.ts'], {
    cwd: ROOT,
    timeout: 150_000,
  });
  await cp(join(ROOT, 'build'), copy, { recursive: true });
  const { handler } = (await import(join(copy, 'handler.js'))) as { handler: PageHandler };
  return { handler, remove: () => rm(copy, { recursive: true, force: true }) };
}

export type Site = {
  readonly url: string;
  readonly region: TestRegion;
  /** Commits acts and tells the open pages, as the indexer does. */
  finalize(acts: readonly ShortAct[]): Promise<void>;
  setStatus(change: Partial<SystemStatus>): void;
  close(): Promise<void>;
};

/** The whole of the dashboard over a real warehouse with a small season of acts. */
export async function openSite(page: PageHandler, acts: readonly ShortAct[] = season()): Promise<Site> {
  const region = await openTestRegion();
  if (acts.length > 0) await region.commit(acts);
  const news = newsroom();
  let status = liveStatus;
  const current = (): SystemStatus => ({
    ...status,
    indexer: { ...status.indexer, committed: region.committed(), committedTime: COMMITTED_TIME },
  });
  const app = createApi({ warehouse: region.warehouse, status: current, subscribe: news.subscribe, page });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    region,
    finalize: async (more) => {
      await region.commit(more);
      news.tell({ type: 'final', block: region.committed(), time: COMMITTED_TIME, acts: more.length });
    },
    setStatus: (change) => {
      status = { ...status, ...change };
      news.tell({ type: 'status' });
    },
    close: async () => {
      await app.close();
      await region.close();
    },
  };
}

export type Browser = { readonly context: BrowserContext; close(): Promise<void> };

/** Debian's Chromium, headless, with an empty profile and no traffic of its own. */
export async function openBrowser(): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'zakroma-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1440, height: 1000 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
  return {
    context,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

export type Violation = { readonly id: string; readonly impact: string; readonly nodes: string[] };

/** What axe (WCAG 2.2 AA and best practice) has against the open page. */
export async function axe(page: Page): Promise<Violation[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  return page.evaluate(async () => {
    type Result = { violations: { id: string; impact: string; nodes: { target: string[] }[] }[] };
    const runner = (globalThis as unknown as { axe: { run: () => Promise<Result> } }).axe;
    const { violations } = await runner.run();
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.map(({ target }) => target.join(' ')),
    }));
  });
}

/** Where something shown stands in the window, px. */
export type Box = {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

/** Boxes of what is shown and takes room inside `within`. */
export function boxesOf(within: Locator, selector: string): Promise<Box[]> {
  return within.evaluate((root, wanted) => {
    const shown = [...root.querySelectorAll(wanted)].filter((one) => one.checkVisibility());
    return shown
      .map((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        const name = `${one.tagName}.${one.getAttribute('class') ?? ''} ${one.textContent.trim().slice(0, 20)}`;
        return { name, left, right, top, bottom };
      })
      .filter(({ left, right, top, bottom }) => right > left && bottom > top);
  }, selector);
}

/** Pairs that lie over each other by more than half a pixel. */
export const overlaps = (boxes: readonly Box[]): string[] =>
  boxes.flatMap((one, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (two) =>
          Math.min(one.right, two.right) - Math.max(one.left, two.left) > 0.5 &&
          Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > 0.5,
      )
      .map((two) => `${one.name} / ${two.name}`),
  );
