import { startDoubles, type Doubles } from '@liftos/connections/doubles/start-doubles.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, type ExpectStatic } from 'vitest';
import { hasBrowser, openBrowser, openPage, signIn } from './testing/browser.ts';
import { startProduct, type Product } from './testing/product.ts';
import { euroAccount, waysIn, type WayIn } from './testing/ways-in.ts';

// They wait for platforms most of the time, so they run side by side.
describe.skipIf(!hasBrowser)('connecting a platform in a browser', { concurrent: true, timeout: 400_000 }, () => {
  let doubles: Doubles;
  let product: Product;
  let browser: Browser;
  beforeAll(async () => {
    // The clock of the platforms stands still: young figures do not grow between a sync and the comparison.
    doubles = await startDoubles({ now: new Date() });
    [product, browser] = await Promise.all([startProduct({ LIFTOS_PLATFORMS_URL: doubles.url }), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.dispose();
    await doubles?.stop();
  });

  it.for(waysIn)(
    '$name ($kind) is connected, synced live, cut off, repaired, and says the same as the platform',
    async (way, { expect: check }) => {
      const { page, expectNoErrors } = await newPerson();
      await page.addInitScript(rememberProgress);
      await connect(page, way);
      await passTest(page);
      for (const label of way.without ?? []) await page.getByLabel(label).uncheck();
      await page.getByRole('button', { name: 'Start the first sync' }).click();
      await ended(page);
      check(await progressSeen(page)).toEqual(check.arrayContaining([check.stringMatching(/^\d{1,2}$/), '100']));

      way.end(doubles);
      await repair(page, way);
      await passTest(page);
      await page.getByRole('button', { name: 'Sync now' }).last().click();
      await ended(page);
      await page.getByText('Access granted').first().waitFor();
      await expectSameTotals(page, way, check);
      expectNoErrors();
    },
  );

  it('a login with a proof key leads back', async () => {
    const { page } = await newPerson();
    await page.goto('/connections/new/klaviyo');
    await page.getByRole('button', { name: 'Continue to Klaviyo' }).click();
    await consent(page);
    await passTest(page);
  });

  it('a login that comes back in the browser of somebody else connects nothing and stays open to who began', async () => {
    const [{ page }, other] = await Promise.all([newPerson(), openPage(browser, product.address)]);
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
    const { page } = await newPerson();
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

  it('a login that is denied says so and keeps what was typed', async () => {
    const { page } = await newPerson();
    await page.goto('/connections/new/google_ads');
    await page.getByLabel('Name').fill('Search of ours');
    await page.getByRole('button', { name: 'Continue to Google Ads' }).click();
    await page.waitForURL(`${doubles.url}/**`);
    await page.getByRole('button', { name: /deny/i }).click();
    await page.getByText('Access was not granted').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Search of ours');
  });

  async function newPerson() {
    const opened = await openPage(browser, product.address);
    await signIn(opened.page);
    return opened;
  }

  /** Through the wizard, from the list of platforms to the way back. */
  async function connect(page: Page, way: WayIn): Promise<void> {
    await page.goto('/connections/new');
    await page.getByRole('link', { name: way.name }).first().click();
    await page.getByLabel('First day to read').fill(dayAgo(4));
    // No sync of the schedule comes in between.
    await page.getByLabel('Schedule').selectOption('');
    await typeIn(page, { ...way.settings, ...way.typed?.first });
    const verb = way.typed ? 'Connect' : 'Continue to';
    await page.getByRole('button', { name: `${verb} ${way.name}`, exact: true }).click();
    await comeBack(page, way);
  }

  /** A sync finds that the access has ended, the screen says what to do, and it is done. */
  async function repair(page: Page, way: WayIn): Promise<void> {
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.getByText('Connect again or replace them, then sync.').waitFor({ timeout: 200_000 });
    const notice = page.getByRole('alert').filter({ hasText: `${way.name} refuses access.` });
    await notice.getByRole('link', { name: 'Repair access' }).click();
    await typeIn(page, way.typed?.next ?? {});
    await page
      .getByRole('button', { name: way.typed ? 'Replace credentials' : `Connect again at ${way.name}` })
      .click();
    await comeBack(page, way);
  }

  async function comeBack(page: Page, way: WayIn): Promise<void> {
    if (way.typed) await page.waitForURL(/connected=1/);
    else await consent(page);
  }

  async function consent(page: Page): Promise<void> {
    await page.waitForURL(`${doubles.url}/**`);
    await page.getByRole('button', { name: /allow/i }).click();
    await page.waitForURL(/connected=1/);
  }

  /** The figures of some days that are over in every zone are those of the platform's own report. */
  async function expectSameTotals(page: Page, { platform }: WayIn, check: ExpectStatic): Promise<void> {
    const [from, to] = [dayAgo(3), dayAgo(2)];
    await page.getByRole('tab', { name: 'Figures' }).click();
    await page.getByRole('button', { name: /^Date range/ }).click();
    await page.getByLabel('From').fill(from);
    await page.getByLabel('To', { exact: true }).fill(to);
    await page.getByRole('button', { name: 'Apply' }).click();
    const report = doubles.totals(platform, { account: euroAccount(doubles, platform), from, to });
    const { spend = '0', impressions = 0, clicks = 0, conversions = 0, revenue = '0' } = report;
    const theirs = ['EUR', euro(spend), count(impressions), count(clicks), count(conversions), euro(revenue)];
    check(BigInt(spend) + BigInt(revenue)).toBeGreaterThan(0n);
    const row = page.getByRole('group', { name: 'Sums of the days' }).getByRole('row').filter({ hasText: 'EUR' });
    const ours = async (): Promise<string[]> => (await row.getByRole('cell').allInnerTexts()).slice(0, theirs.length);
    await check.poll(ours, { timeout: 60_000 }).toEqual(theirs);
  }
});

function dayAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

function euro(micros: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }).format(Number(micros) / 1e6);
}

function count(value: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: value >= 1000 ? 0 : 1 }).format(value);
}

async function typeIn(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
}

/** The test that follows a new way in passes to its last step. */
async function passTest(page: Page): Promise<void> {
  await page.getByText('A page of data can be read: yes').waitFor({ timeout: 200_000 });
}

/** Runs in the page: everything that its bar of progress ever said. */
const rememberProgress = `
  const seen = (globalThis.progressSeen = []);
  new MutationObserver(() => {
    const value = document.querySelector('[aria-label="Progress of the sync"]')?.getAttribute('aria-valuenow');
    if (value && value !== seen.at(-1)) seen.push(value);
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-valuenow'] });`;

function progressSeen(page: Page): Promise<string[]> {
  return page.evaluate('globalThis.progressSeen');
}

/** The sync on the screen comes to its end with data; accounts that are closed to us make it partial. */
async function ended(page: Page): Promise<void> {
  const sync = page.getByRole('region', { name: 'Sync', exact: true });
  await sync.locator('[aria-label="Progress of the sync"][aria-valuenow="100"]').waitFor({ timeout: 200_000 });
  const summary = page.getByRole('region', { name: 'Summary' });
  await summary.getByText('Idle', { exact: true }).waitFor({ timeout: 200_000 });
  await summary.getByText(/^(Succeeded|Partial)$/).waitFor();
}
