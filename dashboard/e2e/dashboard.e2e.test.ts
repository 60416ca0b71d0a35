import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ShortAct } from '../api/testing/region.ts';
import { LAWFUL } from './season.ts';
import {
  axe,
  boxesOf,
  buildPages,
  overlaps,
  openBrowser,
  openSite,
  type Browser,
  type Pages,
  type Site,
} from './harness.ts';

const LES = '02614000';
const ARRIVAL: ShortAct = ['accept', '2026-10-28', 'beef', 1000, 500, LES, LES, LES];

let pages: Pages;
let site: Site;
let browser: Browser;
let page: Page;
let outside: string[];
let failures: string[];

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
  site.setStatus({ phase: 'live' });
  [outside, failures] = [[], []];
  page = await browser.context.newPage();
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url) && !request.url().startsWith('data:'))
      outside.push(request.url());
  });
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'warning') failures.push(message.text());
  });
});
afterEach(async () => {
  await page.close();
  await browser.context.clearCookies();
  expect(outside, 'no request leaves the origin').toEqual([]);
  expect(failures, 'no script fails').toEqual([]);
});

const figure = (tile: string) => page.locator(`[data-tile=${tile}] [data-figure]`);
const digits = (text: string | null) => (text ?? '').replaceAll(/[^\d,]/g, '');
/** Alive: scripts run, the stream of news is open, pictures are drawn by the browser. */
const alive = () => page.locator('[data-chart] .canvas[_echarts_instance_]').nth(3).waitFor();

const listening = () => page.locator('[data-live=true]').waitFor();

describe('the overview', () => {
  it('stands whole in the first HTML: figures, sentence and pictures, before any script', async () => {
    const html = await (await fetch(`${site.url}/?t=${LES}`)).text();
    expect(html).toContain('Лесной район: на столе от');
    expect(html.match(/<svg aria-hidden="true" focusable="false" width="560"/g)).toHaveLength(4);
    expect(html).toContain('<html lang="ru">');
  });

  it('opens a tile into records that add up to it, and a record into the act', async () => {
    await page.goto(`${site.url}/?t=${LES}&pr=potato`);
    const tile = digits(await figure('consumption').textContent());
    await page.locator('[data-tile=consumption] [data-records]').click();
    await page.locator('[data-total]').waitFor();
    const total = digits(await page.locator('[data-total] td').nth(1).textContent());
    expect(Math.round(Number(total.replace(',', '.')))).toBe(Number(tile));
    await page.locator('table.t tbody a').first().click();
    await page.locator('.acthead').waitFor();
    expect(await page.locator('h1').textContent()).toContain('картофель');
    expect(await page.locator('.signs').textContent()).toContain('kordonchair1@active');
    expect(await page.locator('.signs').textContent()).toContain('председатель, участок «Кордон»');
    expect(await page.locator('[data-goods] thead').textContent()).not.toContain('привезено');
    expect(await page.locator('[data-way] [aria-current]').count()).toBe(1);
    expect(await page.locator('[data-identity]').textContent()).toContain('осталось');
    expect(await page.locator('[data-transaction]').textContent()).toMatch(/tx [0-9a-f]{64}/);
  });

  it('shows a final act without a reload and without moving the page', async () => {
    await page.goto(`${site.url}/?t=${LES}&pr=beef`);
    await alive();
    await listening();
    await page.evaluate(() => {
      Object.assign(window, { sameDocument: true });
      window.scrollTo(0, 300);
    });
    const before = await figure('production').textContent();
    await site.finalize([ARRIVAL]);
    await page.waitForFunction(
      (was) => document.querySelector('[data-tile=production] [data-figure]')?.textContent !== was,
      before,
    );
    expect(
      await page.evaluate(() => [Reflect.get(window, 'sameDocument') as boolean, window.scrollY]),
    ).toEqual([true, 300]);
  });

  it('says when there is no data, and does not call it zero', async () => {
    await page.goto(`${site.url}/?t=${LES}&p=2019`);
    expect(await page.locator('h1').textContent()).toContain('не записано ни одного акта');
    expect(await figure('production').textContent()).toBe('—');
    expect(await axe(page)).toEqual([]);
  });

  it('reads a point by arrows and opens its records by Enter', async () => {
    await page.goto(`${site.url}/?t=${LES}`);
    await alive();
    await page.locator('[data-chart=production] .draw').focus();
    await page.keyboard.press('End');
    expect(await page.locator('[data-chart=production] output').textContent()).toContain('октябрь 2026');
    await page.keyboard.press('Enter');
    await page.waitForURL(/records\?t=02614000&p=2026-10/);
  });
});

describe('the strip', () => {
  it('finds a territory by keyboard alone', async () => {
    await page.goto(site.url);
    await alive();
    await page.keyboard.press('/');
    await page.keyboard.type('степ');
    await page.locator('[role=option]').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/t=02628000/);
    await page.locator('h1', { hasText: 'Степной район' }).waitFor();
  });

  it('keeps the filters in the address, and Back takes them off', async () => {
    await page.goto(`${site.url}/?t=${LES}`);
    await alive();
    await page.locator('.strip summary').nth(2).click();
    await page.locator('.pop a', { hasText: 'Говядина' }).click();
    await page.waitForURL(/pr=beef/);
    await page.goBack();
    await page.waitForURL(`${site.url}/?t=${LES}`);
    await page.locator('.strip summary', { hasText: 'Вся корзина' }).waitFor();
  });
});

describe('records', () => {
  it('announce new acts and wait for a click', async () => {
    await page.goto(`${site.url}/records?t=${LES}&pr=beef`);
    const first = page.locator('table.t tbody tr').first();
    const before = await first.textContent();
    await listening();
    await site.finalize([ARRIVAL, ARRIVAL]);
    await page.locator('.msg', { hasText: 'Новых записей: 2' }).waitFor();
    expect(await first.textContent()).toBe(before);
    await page.locator('.msg button').click();
    await page.waitForFunction(
      (was) => document.querySelector('table.t tbody tr')?.textContent !== was,
      before,
    );
  });
});

describe('an act under a decision', () => {
  it('shows how it was decided, booked and taken back', async () => {
    await page.goto(`${site.url}/act/${LAWFUL}`);
    const text = (await page.locator('main').textContent()) ?? '';
    for (const part of [
      'Овощной стол',
      'положение 2',
      'робот market по доверенности',
      'seat1, seat2',
      'Заказ',
    ])
      expect(text).toContain(part);
    expect(await page.locator('[data-postings] tbody tr').count()).toBe(3);
    await page.locator('[data-links] a').first().click();
    await page.waitForURL(`${site.url}/act/${LAWFUL + 1}`);
    await page.locator('.acthead', { hasText: 'Акт отмены' }).waitFor();
    expect(await page.locator('h1').textContent()).toContain('отменил прежний акт');
    expect(await page.locator('main').textContent()).toContain('голосование: за');
  });

  it('of mixed goods shows each origin with its share', async () => {
    await page.goto(`${site.url}/act/${LAWFUL + 2}`);
    expect(await page.locator('[data-origin]').count()).toBe(2);
    expect(await page.locator('[data-origin]').first().textContent()).toMatch(/75,00\s%/);
    await page.goto(`${site.url}/records?t=${LES}&p=2026-09&k=return`);
    const row = page.locator('table.t tbody tr');
    expect(await row.count()).toBe(1);
    expect(await row.textContent()).toContain('смешанное: 2');
  });

  it('stands among the records of its kind', async () => {
    await page.goto(`${site.url}/records?t=${LES}`);
    await page.locator('.chips a', { hasText: 'Отмена' }).click();
    await page.waitForURL(/k=reverse/);
    await page.locator('table.t tbody td', { hasText: 'Отмена: принято' }).waitFor();
  });
});

describe('when something is wrong', () => {
  it('an unknown territory is 404 with a search', async () => {
    const answer = await page.goto(`${site.url}/?t=99999999`);
    expect(answer?.status()).toBe(404);
    await page.locator('[role=combobox]').fill('лес');
    await page.locator('[role=option]', { hasText: 'Лесной район' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it('an unknown act is 404 that says so and offers the records', async () => {
    const answer = await page.goto(`${site.url}/act/999999`);
    expect(answer?.status()).toBe(404);
    expect(await page.locator('h1').textContent()).toMatch(/^Акта №\s999\s999 нет$/);
    expect(await axe(page)).toEqual([]);
    await page.locator('main a', { hasText: 'К записям' }).click();
    await page.locator('[data-total]').waitFor();
  });

  it.each([
    ['/records?i=hunger', 400],
    ["/records?i=local'--", 400],
    ["/?t=02614000'%20or%20'1'='1", 400],
    ["/?g=milk';drop%20table%20fact.flow--", 400],
    ['/?p=2026-02-31', 400],
    ['/?p=2026-03-02..2026-03-01', 400],
    ['/?p=0001', 400],
    [`/?pr=${'x'.repeat(5000)}`, 400],
    ['/?t=', 400],
    ['/?t=02614000&t=02614000', 400],
    ['/?utm_source=letter', 400],
    ['/records?k=barter', 400],
    ['/records?k=return&i=local', 400],
    ['/act/1?x=1', 400],
    ['/records?lang=en&k=return', 200],
    ["/act/1'--", 400],
    ['/act/0', 400],
    ['/nowhere', 404],
  ])('%.40s is %i, never a failure', async (path, status) => {
    expect((await fetch(site.url + path)).status).toBe(status);
  });

  it('a bad parameter is 400 and named', async () => {
    const answer = await page.goto(`${site.url}/?p=2026-13`);
    expect(answer?.status()).toBe(400);
    expect(await page.locator('h1').textContent()).toBe('Не понимаем условие «период» в адресе');
    expect(await axe(page)).toEqual([]);
  });

  it('a condition that the page does not have is 400 and named', async () => {
    const answer = await page.goto(`${site.url}/?sort=price`);
    expect(answer?.status()).toBe(400);
    expect(await page.locator('h1').textContent()).toBe('Не понимаем условие «sort» в адресе');
    expect(await page.locator('main').textContent()).toContain('такого условия нет');
  });

  it('a standing chain is said above the page, which keeps working', async () => {
    await page.goto(`${site.url}/?t=${LES}`);
    await listening();
    site.setStatus({ phase: 'stalled' });
    await page.locator('.msg', { hasText: 'Цепь не движется' }).waitFor();
    expect(await figure('production').textContent()).toMatch(/\d/);
    site.setStatus({ phase: 'live' });
    await page.locator('.msg').waitFor({ state: 'detached' });
  });

  it('the age of the data goes on counting after the chain stood still', async () => {
    const age = page.locator('.rail .sys');
    const told = () => age.evaluate((node) => node.textContent.replace(/.*данные/s, ''));
    await page.goto(`${site.url}/?t=${LES}`);
    await listening();
    await age.filter({ hasText: 'назад' }).waitFor();
    site.setStatus({ phase: 'stalled' });
    await age.filter({ hasNotText: 'назад' }).waitFor();
    await page.clock.install();
    site.setStatus({ phase: 'live' });
    await age.filter({ hasText: 'назад' }).waitFor();
    const before = await told();
    await page.clock.setSystemTime(Date.now() + 400 * 86_400_000);
    await page.waitForFunction(
      (was) => !document.querySelector('.rail .sys')?.textContent.includes(was),
      before,
    );
  });

  it.each(['/', '/records', '/act/1'])(
    'while the region is built %s says so, and comes to life by itself',
    async (path) => {
      site.setStatus({ phase: 'building', progress: { done: 120, total: 480, label: 'building' } });
      const answer = await page.goto(site.url + path);
      expect(answer?.status()).toBe(200);
      expect(await page.locator('main').textContent()).toContain('120 из 480');
      expect(await axe(page)).toEqual([]);
      await listening();
      site.setStatus({ phase: 'live' });
      await page.locator('[data-figure], [data-total], .acthead').first().waitFor();
    },
  );
});

describe('every reader', () => {
  it('is sent pages that run only their own scripts', async () => {
    for (const path of ['/', '/records', '/act/1', '/system', '/act/999999', '/nowhere']) {
      const { headers } = await fetch(site.url + path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/script-src 'self' 'nonce-[^']+';/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    }
  });

  it('walks the whole page by Tab, sees where it is, and can skip to the content', async () => {
    await page.goto(`${site.url}/?t=${LES}`);
    await alive();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('К содержанию');
    const seen = new Set<string>();
    for (let step = 0; step < 150; step += 1) {
      const at = await page.evaluate(() => {
        const { activeElement: on } = document;
        if (!on || on === document.body) return null;
        const { outlineStyle, boxShadow } = getComputedStyle(on);
        const isSeen = outlineStyle !== 'none' || boxShadow !== 'none';
        return { path: `${on.tagName} ${on.textContent.trim().slice(0, 40)}`, isSeen };
      });
      if (at === null) break;
      expect(at, 'focus can be seen').toMatchObject({ isSeen: true });
      seen.add(at.path);
      await page.keyboard.press('Tab');
    }
    const walked = [...seen].join('; ');
    for (const part of [
      'Записи',
      'Скопировать ссылку',
      'Территория',
      'Период',
      'как посчитано',
      'этот же запрос',
    ])
      expect(walked).toContain(part);
  });

  it('closes what is open by Esc and stays where it was', async () => {
    await page.goto(`${site.url}/?t=${LES}`);
    await alive();
    await page.locator('.strip summary').nth(1).focus();
    await page.keyboard.press('Enter');
    await page.locator('.strip details[open]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.strip details[open]').waitFor({ state: 'detached' });
    expect(await page.locator(':focus').textContent()).toContain('Период');
  });

  it('chooses the language, and the choice stays', async () => {
    await page.goto(`${site.url}/?t=${LES}`);
    await page.locator('.rail a', { hasText: 'English' }).click();
    await page.locator('h2', { hasText: 'Production' }).waitFor();
    await page.goto(`${site.url}/records?t=${LES}`);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('h1').textContent()).toContain('Production');
  });

  it.each([
    ...['/', '/records', '/act/1', '/system'].flatMap((path) => [
      ['light', 1440, path] as const,
      ['dark', 1440, path] as const,
      ['light', 320, path] as const,
    ]),
    ['dark', 320, '/records'] as const,
    ['light', 320, `/act/${LAWFUL}`] as const,
    ['dark', 1440, `/act/${LAWFUL + 2}`] as const,
  ])('%s, %d px, %s: axe has nothing to say and nothing sticks out', async (colorScheme, width, path) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${site.url}${path}${path.startsWith('/act') ? '' : `?t=${LES}`}`);
    await page.locator('h1').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

  it('at 360 px reads a record without a sideways scroll', async () => {
    await page.setViewportSize({ width: 360, height: 760 });
    await page.goto(`${site.url}/records?t=${LES}`);
    await listening();
    const row = page.locator('table.t tbody tr').first();
    for (const part of ['what', 'kind-of', 'kg', 'rub', 'at', 'no'])
      await expect.poll(() => row.locator(`.${part}`).isVisible(), { message: part }).toBe(true);
    const cells = await boxesOf(row, 'td');
    expect(overlaps(cells)).toEqual([]);
    for (const { left, right } of cells) expect([left >= 0, right <= 360]).toEqual([true, true]);
    expect(await page.locator('.scroll').evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    expect(await page.locator('.asof').textContent()).toMatch(/\d\d:\d\d\sUTC/);
  });
});
