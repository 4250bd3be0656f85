import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser, openPage, signIn } from './testing/browser.ts';
import { startProduct, type Product } from './testing/product.ts';

const csv = 'date,channel,spend\n2020-01-01,Radio,1\n2020-01-02,Mail,2\n';

describe.skipIf(!hasBrowser)('the data of an organisation', () => {
  let product: Product;
  let browser: Browser;
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await product.dispose();
  });

  it('is exported, downloaded by the browser itself, and removed when it is too old', async () => {
    const api = await product.signIn();
    const uploadId = await api.upload('', 'old.csv', new Uint8Array(Buffer.from(csv)));
    const mapping = ['date', 'channel', 'spend'].map((column) => ({ column, meaning: column.toUpperCase() }));
    await api.ask('mutation ($input: ImportUploadInput!) { importUpload(input: $input) { syncRun { id } } }', {
      input: { uploadId, kind: 'RECORDS', mapping },
    });
    const { page, expectNoErrors } = await openPage(browser, product.address);
    await signIn(page);
    await page.goto('/settings/organization');
    const card = page.getByRole('region', { name: 'Data' });
    await expect.poll(async () => records(await api.ask('{ dataExtent { records } }')), { timeout: 20_000 }).toBe(2);

    await card.getByRole('button', { name: 'Export as CSV' }).click();
    await card.getByText('2 records, 0 journeys').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      card.getByRole('button', { name: /^Download records-file/ }).click(),
    ]);
    const bytes = await readFile(await download.path());
    expect(bytes.toString()).toContain('2020-01-02,Mail,,,,EUR,2,0,0,0,0,\r\n');
    const { dataExports } = await api.ask<{ dataExports: { files: { sha256: string }[] }[] }>(
      '{ dataExports { files { sha256 } } }',
    );
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(dataExports[0]!.files[0]!.sha256);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);

    await card.getByLabel('Keep data').selectOption({ label: '30 days' });
    await card.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Remove older data' }).click();
    await expect.poll(async () => records(await api.ask('{ dataExtent { records } }')), { timeout: 20_000 }).toBe(0);
    await page.reload();
    expect(await card.getByLabel('Keep data').inputValue()).toBe('30');
    expectNoErrors();
  });
});

function records(answer: { dataExtent: { records: number } }): number {
  return answer.dataExtent.records;
}
