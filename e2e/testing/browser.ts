import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { owner } from './product.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Whether a real browser is installed. */
export const hasBrowser = existsSync(executablePath);

/** Starts Chromium with everything off that would look for the internet. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface PageOptions {
  width?: number;
  colorScheme?: 'light' | 'dark';
}

/** A page of a fresh profile; an error in its console fails the test that calls `expectNoErrors`. */
export async function openPage(browser: Browser, address: string, options: PageOptions = {}) {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
    acceptDownloads: true,
    baseURL: address,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return { page, expectNoErrors: () => expect(errors).toEqual([]) };
}

/** Signs the owner in through the page and waits for the hub. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel(/e-?mail/i).fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/hub');
}
