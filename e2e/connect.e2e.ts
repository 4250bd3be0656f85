import { createServer, type AddressInfo } from 'node:net';
import { startDoubles, type Doubles } from '@liftos/connections/doubles/start-doubles.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser, openPage, signIn } from './testing/browser.ts';
import { startProduct, type Product } from './testing/product.ts';

describe.skipIf(!hasBrowser)('connecting a platform in a browser', () => {
  let doubles: Doubles;
  let product: Product;
  let browser: Browser;
  beforeAll(async () => {
    doubles = await startDoubles();
    // Platforms send the browser back to an address that is known beforehand.
    const port = String(await freePort());
    [product, browser] = await Promise.all([
      startProduct({ LIFTOS_PLATFORMS_URL: doubles.url, PORT: port }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await product.dispose();
    await doubles.stop();
  });

  it('a login is consented to, synced live, broken, repaired, and agrees with the platform', async () => {
    const { page, expectNoErrors } = await openPage(browser, product.address);
    await signIn(page);
    await logIn(page, 'meta_business', 'Meta Business');
    await passTest(page);
    await page.getByRole('button', { name: 'Start the first sync' }).click();
    await page.getByRole('progressbar', { name: 'Progress of the sync' }).waitFor();
    await ended(page);

    doubles.control({ platform: 'meta_business', action: 'revoke' });
    await page.getByRole('button', { name: 'Sync now' }).click();
    const notice = page.getByRole('alert').filter({ hasText: 'refuses access' });
    await notice.getByRole('link', { name: 'Repair access' }).click();
    await page.getByRole('button', { name: /^Connect again at/ }).click();
    await consent(page);
    await passTest(page);
    await page.getByRole('button', { name: 'Sync now' }).last().click();
    await ended(page);
    await page.getByText('Access granted').first().waitFor();
    await expectSameSpend(page);
    expectNoErrors();
  });

  it('a login signed as OAuth 1.0a brings data', async () => {
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    // A month fits into what X answers in a quarter of an hour.
    await logIn(page, 'x_ads', 'X Ads', dayAgo(30));
    await passTest(page);
    await page.getByRole('button', { name: 'Start the first sync' }).click();
    await ended(page);
  });

  it('a login with a proof key leads back', async () => {
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    await logIn(page, 'klaviyo', 'Klaviyo');
    await passTest(page);
  });

  it('a login that comes back in the browser of somebody else connects nothing and stays open to who began', async () => {
    const [{ page }, other] = await Promise.all([
      openPage(browser, product.address),
      openPage(browser, product.address),
    ]);
    await signIn(page);
    await page.goto('/connections/new/hubspot');
    await page.getByRole('button', { name: 'Continue to HubSpot' }).click();
    await page.waitForURL(`${doubles.url}/**`);
    await other.page.goto(page.url());
    await Promise.all([
      other.page.waitForRequest(/\/connections\?error=other_person$/),
      other.page.getByRole('button', { name: /allow/i }).click(),
    ]);
    await page.getByRole('button', { name: /allow/i }).click();
    await page.waitForURL(/connected=1/);
    await passTest(page);
  });

  it('a key that does not work is told before it is stored, one that works is connected', async () => {
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    await page.goto('/connections/new/klaviyo');
    await page.getByText('Private key', { exact: true }).click();
    const key = page.getByLabel('Private key', { exact: true }).last();
    await key.fill('pk_of_somebody_else');
    await page.getByRole('button', { name: 'Test these credentials' }).click();
    await page.getByText('It lets us in: no').waitFor();
    await key.fill('pk_double_europe');
    await page.getByRole('button', { name: 'Test these credentials' }).click();
    await page.getByText('A page of data can be read: yes').waitFor();
    await page.getByRole('button', { name: 'Connect Klaviyo' }).click();
    await passTest(page);
  });

  it('what tokens are made from is typed in and works', async () => {
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    await page.goto('/connections/new/paypal');
    await page.getByLabel('Client ID').fill('liftos-demo');
    await page.getByLabel('Secret', { exact: true }).fill('liftos-demo-secret');
    await page.getByRole('button', { name: 'Connect PayPal' }).click();
    await passTest(page);
  });

  it('a store hands over a key by itself', async () => {
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    await page.goto('/connections/new/woocommerce');
    await page.getByLabel('Address of the store').fill('https://nordwind-europe.store.example');
    await page.getByRole('button', { name: 'Continue to WooCommerce' }).click();
    await consent(page);
    await passTest(page);
  });

  it('a login that is denied says so and keeps what was typed', async () => {
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    await page.goto('/connections/new/google_ads');
    await page.getByLabel('Name').fill('Search of ours');
    await page.getByRole('button', { name: 'Continue to Google Ads' }).click();
    await page.waitForURL(`${doubles.url}/**`);
    await page.getByRole('button', { name: /deny/i }).click();
    await page.getByText('Access was not granted').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Search of ours');
  });

  /** The hub says the same of some past days as the platform's own report. */
  async function expectSameSpend(page: Page): Promise<void> {
    const [from, to] = [dayAgo(40), dayAgo(20)];
    const account = doubles.accounts('meta_business').find(({ name }) => name === 'Nordwind Europe');
    const { spend } = doubles.totals('meta_business', { account: account!.id, from, to });
    await page.goto(`/hub?from=${from}&to=${to}&currency=EUR`);
    const shown = page.getByRole('definition').filter({ hasText: '€' }).first().getByTitle(/^€/);
    const theirs = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }).format(Number(spend) / 1e6);
    await expect.poll(() => shown.getAttribute('title'), { timeout: 20_000 }).toBe(theirs);
  }

  async function logIn(page: Page, platform: string, name: string, from?: string): Promise<void> {
    await page.goto(`/connections/new/${platform}`);
    if (from) await page.getByLabel('First day to read').fill(from);
    await page.getByRole('button', { name: `Continue to ${name}` }).click();
    await consent(page);
  }

  async function consent(page: Page): Promise<void> {
    await page.waitForURL(`${doubles.url}/**`);
    await page.getByRole('button', { name: /allow/i }).click();
    await page.waitForURL(/connected=1/);
  }
});

function dayAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

/** The test that follows a new way in passes to its last step. */
async function passTest(page: Page): Promise<void> {
  await page.getByText('A page of data can be read: yes').waitFor({ timeout: 30_000 });
}

/** The sync on the screen comes to its end with data; accounts that are closed to us make it partial. */
async function ended(page: Page): Promise<void> {
  const sync = page.getByRole('region', { name: 'Sync', exact: true });
  await sync.locator('[aria-label="Progress of the sync"][aria-valuenow="100"]').waitFor({ timeout: 90_000 });
  const summary = page.getByRole('region', { name: 'Summary' });
  await summary.getByText('Idle', { exact: true }).waitFor({ timeout: 90_000 });
  await summary.getByText(/^(Succeeded|Partial)$/).waitFor();
}
