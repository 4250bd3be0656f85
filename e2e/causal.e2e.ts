import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './testing/accessible.ts';
import { hasBrowser, openBrowser, openPage, signIn } from './testing/browser.ts';
import { startProduct, type Product } from './testing/product.ts';

/** Whole weeks on fixed days: what is generated for a day never changes, so every figure below is the same each time. */
const days = { from: '2025-01-06', to: '2025-12-28' };
/** The planned test: in half of the markets nothing was spent on this channel for six weeks. */
const test = {
  channel: 'Google Shopping',
  markets: ['Phoenix', 'Minneapolis', 'Sacramento', 'Nashville', 'New Orleans'],
  from: '2025-09-29',
  to: '2025-11-09',
  days: 42,
};
/** Of work in the background; a slow machine takes several times what a fast one takes. */
const patience = { timeout: 90_000 };

describe.skipIf(!hasBrowser)('in a browser, from data to a decision', () => {
  let product: Product;
  let browser: Browser;
  /** Screens of what the first test made. */
  const made: string[] = [];
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await product.dispose();
  });

  it(
    'a mix model is trained, calibrated by an experiment, and a budget plan on it accepted',
    { timeout: 300_000 },
    async () => {
      const { page, expectNoErrors } = await openPage(browser, product.address);
      await signIn(page);
      await connectData(page);
      const before = await train(page);
      await computeAgain(page);
      made.push(await runExperiment(page));
      const after = await train(page, test.channel);
      await expectAgreement(page);
      // The test measured the channel about as sharply as a year of records did: both together must know it better.
      expect(after.high - after.low).toBeLessThan(0.8 * (before.high - before.low));
      const model = new URL(page.url()).pathname;
      await acceptPlan(page, model.split('/').at(-1)!);
      made.push(model, '/budget');
      expectNoErrors();
    },
  );

  it.each([
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 390 },
  ] as const)('what was made is accessible and fits, $colorScheme at $width', { timeout: 240_000 }, async (options) => {
    const { page, expectNoErrors } = await openPage(browser, product.address, options);
    await signIn(page);
    expect(made).toHaveLength(3);
    for (const screen of made) await expectAccessible(page, screen);
    expectNoErrors();
  });
});

async function connectData(page: Page): Promise<void> {
  await page.goto('/connections/new/mock?platform=google_ads');
  await page.getByLabel('First day', { exact: true }).fill(days.from);
  await page.getByLabel('Markets', { exact: true }).selectOption('10');
  await page.getByLabel('Channel of the test').fill(test.channel);
  await page.getByLabel('Markets of the test').fill(test.markets.join(', '));
  await page.getByLabel('First day of the test').fill(test.from);
  await page.getByLabel('Last day of the test').fill(test.to);
  await page.getByRole('button', { name: 'Create and sync' }).click();
  const sync = page.getByRole('region', { name: 'Sync' });
  await sync.getByText('Succeeded', { exact: true }).first().waitFor(patience);
}

/** Trains on booked figures with few draws, calibrated by what was measured of a channel. The ROI of the tested one. */
async function train(page: Page, calibrated?: string): Promise<{ low: number; high: number }> {
  await page.goto('/mix-model/new');
  await page.getByText(/weeks would be read/).waitFor();
  await page.getByLabel('First day').fill(days.from);
  await page.getByLabel('Last day').fill(days.to);
  await page.getByLabel('Whose figures count').selectOption('BOOKED');
  if (calibrated) await page.getByRole('checkbox', { name: new RegExp(`spent on ${calibrated} brought`) }).check();
  await page.getByText('Sampler', { exact: true }).click();
  await page.getByLabel('Chains').fill('2');
  await page.getByLabel('Draws per chain').fill('500');
  await page.getByRole('button', { name: 'Train' }).click();
  const cells = await tableRow(page, 'Return on spend');
  const [low, high] = [Number(cells[2]), Number(cells[3])];
  expect(low, cells.join(' ')).toBeLessThan(high);
  return { low, high };
}

/** What the table of a chart says of the tested channel. */
async function tableRow(page: Page, title: string): Promise<string[]> {
  const card = page.getByRole('region', { name: title });
  await card.getByText('Table', { exact: true }).click(patience);
  const row = card.getByRole('row', { name: new RegExp(`^${test.channel}`) });
  await row.waitFor();
  return row.getByRole('cell').allTextContents();
}

async function expectAgreement(page: Page): Promise<void> {
  const cells = await tableRow(page, 'Agreement with experiments');
  expect(cells[1]).toBe('geo test by augmented synthetic control');
  expect(Math.abs(Number(cells.at(-1)))).toBeLessThan(2);
  await page.getByText('fitted with these results and agrees with them').waitFor();
}

async function computeAgain(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Compute again and compare' }).click();
  await page.getByText('Identical', { exact: true }).waitFor(patience);
}

/** Plans, starts, completes and decides the test as an experiment, and keeps its result. Its screen. */
async function runExperiment(page: Page): Promise<string> {
  await page.goto('/experiments/new');
  await page.getByText('Geo: markets').click();
  await page.getByLabel('Name').fill('Shopping off in half of the markets');
  await page.getByLabel('Channel whose spend is changed').fill(test.channel);
  await page.getByLabel('Counted by').selectOption('BOOKED');
  await page.getByLabel('History from').fill(days.from);
  await page.getByLabel('Generated (mock) records').check();
  await page.getByRole('button', { name: 'Create and choose markets' }).click();
  await chooseMarkets(page);
  await page.getByLabel('First day').fill(test.from);
  await page.getByRole('button', { name: 'Start experiment' }).click();
  await page.getByRole('button', { name: 'Complete' }).click();
  await page.getByLabel('Why').fill('Shopping sells what it claims.');
  await page.getByRole('checkbox', { name: /keep the result as a calibration/ }).check();
  await page.getByRole('button', { name: 'Decide' }).click();
  const decision = page.getByRole('region', { name: 'Decision' });
  await decision.getByText(`each EUR spent on ${test.channel} brought`).waitFor();
  return new URL(page.url()).pathname;
}

async function chooseMarkets(page: Page): Promise<void> {
  const search = page.getByRole('form', { name: 'Search markets' });
  await search.getByLabel('Markets to treat').fill(String(test.markets.length));
  await search.getByLabel('Days').fill(String(test.days));
  await search.getByLabel('Spend is').selectOption('less');
  await search.getByLabel('Windows of history').fill('5');
  await search.getByLabel('Must be treated').fill(test.markets.join(', '));
  await search.getByRole('button', { name: 'Search markets on history' }).click();
  await page.getByRole('button', { name: `for ${test.days} days` }).click(patience);
  await page.getByRole('button', { name: 'Start experiment' }).waitFor(patience);
}

/** Keeps the plan offered on the newest model, and accepts it with a note that is there after a reload, too. */
async function acceptPlan(page: Page, newest: string): Promise<void> {
  await page.getByRole('link', { name: 'Budget' }).click();
  await page.getByLabel('Keep this plan as').waitFor();
  expect(await page.getByLabel('Model', { exact: true }).inputValue()).toBe(newest);
  await page.getByLabel('Keep this plan as').fill('Next quarter');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  const kept = page.getByRole('list', { name: 'Kept plans' });
  await kept.getByText('Next quarter').waitFor();
  await kept.getByRole('button', { name: 'Accept…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Accept “Next quarter”' });
  await dialog.getByLabel('Note').fill('Agreed with sales.');
  await dialog.getByRole('button', { name: 'Accept plan' }).click();
  await kept.getByText('Agreed with sales.').waitFor();
  await page.reload();
  await kept.getByText('Accepted', { exact: true }).waitFor();
  await kept.getByText('Agreed with sales.').waitFor();
}
