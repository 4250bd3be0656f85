import { readFileSync } from 'node:fs';
import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './testing/accessible.ts';
import { hasBrowser, openBrowser, openPage, signIn } from './testing/browser.ts';
import { expectPublished, hasPathData, pathData, type AttributionResult } from './testing/pathdata.ts';
import { startProduct, type Product } from './testing/product.ts';

describe.skipIf(!hasBrowser)('in a browser', () => {
  let product: Product;
  let browser: Browser;
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await product.dispose();
  });

  it.skipIf(!hasPathData)('a file of customer paths becomes the published attribution', async () => {
    const { page, expectNoErrors } = await openPage(browser, product.address);
    await signIn(page);
    await page.getByRole('link', { name: 'Connect data' }).first().click();
    await page.getByRole('link', { name: /Upload a CSV file/ }).click();
    const file = { name: 'PathData.csv', mimeType: 'text/csv', buffer: Buffer.from(pathData()) };
    await page.getByLabel('CSV file').setInputFiles(file);
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('button', { name: 'Import 10,000 rows' }).click();
    await page.getByRole('progressbar', { name: 'Progress of the sync' }).waitFor();
    await page.getByRole('region', { name: 'Sync' }).getByText('Succeeded', { exact: true }).first().waitFor();

    await page.getByRole('link', { name: 'Attribution' }).click();
    await page.getByRole('button', { name: 'Run attribution' }).click();
    const table = page.getByRole('table', { name: 'Credit per model' });
    await table.waitFor();
    expect(
      await table
        .getByRole('row', { name: /^alpha/ })
        .getByRole('cell')
        .allTextContents(),
    ).toEqual(['alpha', '31.9%', '42.7%', '38.3%', '38.8%', '37.6%', '27.0%', '38.6%']);
    expectPublished(await exportedResults(page));
    expectNoErrors();
  });

  it.skipIf(!hasPathData)('journeys without daily figures have their place, and their job its source', async () => {
    const { page, expectNoErrors } = await openPage(browser, product.address);
    await signIn(page);
    await page.getByText('Customer journeys, but no daily figures').waitFor();
    await page.getByRole('link', { name: 'See attribution' }).click();
    await page.getByText('10,000 rows of journeys stored').waitFor();
    await page.goto('/jobs');
    const job = page.getByRole('row', { name: /connections\.sync-slice/ });
    await job.getByRole('link', { name: 'PathData' }).click();
    await page.getByRole('heading', { name: 'PathData', level: 1 }).waitFor();
    expectNoErrors();
  });

  it('a session elsewhere is ended from the profile', async () => {
    const elsewhere = await openPage(browser, product.address);
    await signIn(elsewhere.page);
    const { page, expectNoErrors } = await openPage(browser, product.address);
    await signIn(page);
    await page.goto('/settings');
    const ends = page.getByRole('button', { name: /^End the session of/ });
    await ends.first().waitFor();
    const before = await ends.count();
    await ends.first().click();
    await expect.poll(() => ends.count()).toBe(before - 1);
    await elsewhere.page.reload();
    await elsewhere.page.waitForURL('**/sign-in**');
    expectNoErrors();
  });

  it('a sync shows its progress live, from three modules, through a broken socket', async () => {
    const { page, expectNoErrors } = await openPage(browser, product.address);
    const sockets: WebSocketRoute[] = [];
    await page.routeWebSocket(/\/graphql$/, (socket) => {
      sockets.push(socket);
      socket.connectToServer();
    });
    await signIn(page);
    await page.goto('/connections/new/mock?platform=google_ads');
    await page.getByRole('button', { name: 'Create and sync' }).click();
    const sync = page.getByRole('region', { name: 'Sync' });
    await sync.getByRole('progressbar').waitFor();
    await expect.poll(() => sockets.length, { timeout: 20_000 }).toBeGreaterThan(0);
    for (const socket of sockets) await socket.close({ code: 1011, reason: 'cut' });
    await sync.getByText('Succeeded', { exact: true }).first().waitFor({ timeout: 60_000 });
    await expect.poll(() => page.getByRole('region', { name: 'Summary' }).textContent()).toMatch(/records|rows/);
    expect(sockets.length).toBeGreaterThan(1);
    await expectAccessible(page, `${new URL(page.url()).pathname}?tab=figures`);
    await page.getByRole('table', { name: 'Batches' }).getByText('100%').first().waitFor();
    expectNoErrors();
  });

  const screens = [
    '/hub',
    '/connections',
    '/connections/syncs',
    '/connections/webhooks',
    '/connections/custom',
    '/connections/custom/new',
    '/connections/tests',
    '/connections/new',
    '/connections/new/klaviyo',
    '/causal',
    '/attribution',
    '/mix-model',
    '/mix-model/new',
    '/lift',
    '/lift/new',
    '/experiments',
    '/experiments/new',
    '/budget',
    '/models',
    '/models/new',
    '/jobs',
    '/settings',
    '/settings/platforms',
  ];
  it.each([
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 1280 },
    { colorScheme: 'light', width: 390 },
    { colorScheme: 'dark', width: 390 },
  ] as const)('every screen is accessible and fits, $colorScheme at $width', async (options) => {
    const { page, expectNoErrors } = await openPage(browser, product.address, options);
    await signIn(page);
    for (const screen of screens) await expectAccessible(page, screen);
    expectNoErrors();
  });
});

/** The run on the screen as its export gives it. */
async function exportedResults(page: Page): Promise<AttributionResult[]> {
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^JSON/ }).click();
  const run = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as { results: AttributionResult[] };
  expect(run.results).toHaveLength(7);
  return run.results;
}
