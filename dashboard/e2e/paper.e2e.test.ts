import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  boxesOf,
  buildPages,
  openBrowser,
  openSite,
  overlaps,
  type Browser,
  type Pages,
  type Site,
} from './harness.ts';
import { LAWFUL } from './season.ts';

const LES = '02614000';
/** What lies between the margins of a sheet of A4, px: 210 − 2 × 13 mm by 297 − 9 − 12 mm. */
const SHEET = { width: 695, height: 1043 };

let pages: Pages;
let site: Site;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  pages = await buildPages();
  site = await openSite(pages.handler);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await pages.remove();
});
beforeEach(async () => {
  page = await browser.context.newPage();
  return () => page.close();
});

/** Opens the page on a screen, where scripts run, and then lays it out for paper. */
async function print(path: string, screen = { width: 1440, height: 1000 }): Promise<void> {
  await page.setViewportSize(screen);
  await page.goto(site.url + path);
  await page.locator('[data-live=true]').waitFor();
  if (path.startsWith('/?')) await page.locator('[data-chart] .canvas[_echarts_instance_]').nth(3).waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(SHEET);
}

/** Sheets of the real print, made from the page as it stands on the screen. */
async function sheets(): Promise<number> {
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: 1440, height: 1000 });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return pdf.match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
}

/** Everything shown whose box leaves the sheet at a side. */
const cut = () =>
  page.evaluate((width) => {
    const shown = [...document.querySelectorAll('main *')].filter(
      (one) => one.checkVisibility() && getComputedStyle(one).clipPath === 'none',
    );
    return shown
      .filter((one) => {
        const { left, right } = one.getBoundingClientRect();
        return right > left && (left < -1 || right > width + 1);
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 120));
  }, SHEET.width);

describe('the overview on paper', () => {
  it.each([
    ['a desk', { width: 1440, height: 1000 }],
    ['a phone', { width: 360, height: 760 }],
  ])('from %s: one sheet, every picture whole in its place', async (_, screen) => {
    // A printer lays the page out without telling those who watch sizes.
    await page.addInitScript(() => {
      ResizeObserver.prototype.observe = () => undefined;
    });
    await print(`/?t=${LES}`, screen);
    const main = page.locator('main');
    const blocks = await boxesOf(main, '.crumbs, .strip, .lead, .tiles, .plot, .foot');
    expect(blocks).toHaveLength(9);
    expect(overlaps(blocks)).toEqual([]);
    expect(await cut()).toEqual([]);
    for (const chart of await page.locator('.plot').all()) {
      const [frame] = await boxesOf(chart, '.draw');
      const drawn = await boxesOf(chart, '.draw svg *');
      expect(drawn.length).toBeGreaterThan(10);
      for (const box of drawn) {
        expect(box.left).toBeGreaterThanOrEqual((frame?.left ?? NaN) - 1);
        expect(box.right).toBeLessThanOrEqual((frame?.right ?? NaN) + 1);
        expect(box.top).toBeGreaterThanOrEqual((frame?.top ?? NaN) - 1);
        expect(box.bottom).toBeLessThanOrEqual((frame?.bottom ?? NaN) + 1);
      }
      const names = await chart.locator('.draw svg:visible text').allTextContents();
      expect(names).toEqual(expect.arrayContaining(['авг', 'сент', 'окт', 'нояб', 'дек']));
      expect(overlaps(await boxesOf(chart, '.draw svg text'))).toEqual([]);
    }
    expect(await page.locator('.doors').first().isVisible()).toBe(false);
    expect(await page.locator('.paper-only').textContent()).toContain(`/?t=${LES}`);
    expect(await sheets()).toBe(1);
  });

  it('is drawn by the browser again, and once, when it is back on the screen', async () => {
    await print(`/?t=${LES}`);
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1100, height: 900 });
    const chart = page.locator('.plot').first();
    await expect
      .poll(async () => {
        const [frame] = await boxesOf(chart, '.draw');
        const [svg, ...more] = await boxesOf(chart, '.draw svg');
        return more.length === 0 && Math.round(svg?.right ?? NaN) === Math.round(frame?.right ?? NaN);
      })
      .toBe(true);
  });
});

describe('other pages on paper', () => {
  it('records keep all their columns, and the total stands once', async () => {
    await print(`/records?t=${LES}`);
    expect(await cut()).toEqual([]);
    expect(await boxesOf(page.locator('table.t thead'), 'th')).toHaveLength(10);
    expect(overlaps(await boxesOf(page.locator('table.t tbody tr').first(), 'td'))).toEqual([]);
    expect(await page.locator('tfoot').evaluate((foot) => getComputedStyle(foot).display)).toBe(
      'table-row-group',
    );
    expect(await page.locator('.chips').first().isVisible()).toBe(false);
  });

  it.each([1, LAWFUL, LAWFUL + 2])('act %i fits the sheet, nothing over anything', async (act) => {
    await print(`/act/${act}`);
    expect(await cut()).toEqual([]);
    const blocks = await boxesOf(page.locator('main'), '.acthead, .sec, .foot');
    expect(blocks.length).toBeGreaterThan(5);
    expect(overlaps(blocks)).toEqual([]);
    for (const section of await page.locator('.sec').all())
      expect(overlaps(await boxesOf(section, 'td, th, dt, dd'))).toEqual([]);
    expect(await sheets()).toBe(1);
  });
});
