import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '@liftos/core/testing/until.ts';
import { addDays, dayIn } from '../../sync/plan-slices.pure.ts';
import type { Connector } from '../connector.ts';
import { connectors } from '../registry.ts';
import { cases, type ContractCase } from './cases.ts';
import { openHarness, type Ended, type Harness } from './harness.ts';

const today = dayIn(new Date(), 'UTC');
const recent = addDays(today, -12);

/**
 * What every platform that is read live must keep, through the whole engine, against its double. One
 * platform keeps it on a server too; for the others the embedded database is enough.
 */
export function contractOf(categories: readonly Connector['category'][]): void {
  const onServer = process.env.LIFTOS_TEST_DATABASE !== undefined;
  const covered = connectors.filter(
    ({ id, live, category }) => live && categories.includes(category) && (!onServer || id === 'meta_business'),
  );
  if (covered.length === 0) return void it.skip('on a server');
  describe.each(covered.map((connector) => ({ id: connector.id, connector })))('$id', ({ id, connector }) => {
    keeps(connector, cases[id]!);
  });
}

function keeps(connector: Connector, given: ContractCase): void {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness(connector, given);
  });
  afterAll(() => harness.close());
  beforeEach(() => {
    harness.control('reset');
    return harness.forget();
  });
  bringsEverythingOnce(connector, given, () => harness);
  getsOverFaults(connector, given, () => harness);
  tellsWhatIsClosed(connector, given, () => harness);
}

/** Nothing is lost, doubled or put on another day. */
function bringsEverythingOnce(connector: Connector, given: ContractCase, open: () => Harness): void {
  const { cursor, pageSize } = connector.live!.streams.find(({ name }) => name === given.main)!;

  it('brings the same totals as the platform, all rows understood, and names the account that is closed', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    const { run, slices } = await harness.sync(connection);
    expect(slices.filter(({ rows_rejected: refused }) => refused > 0)).toEqual([]);
    expect(run.state).toBe(given.only || given.open ? 'SUCCEEDED' : 'PARTIAL');
    if (!given.only && !given.open) expect(run.reasons.join(' ')).toContain('Partner Agency');
    expectTotals(harness, given, connection, recent, today);
  });

  it('adds nothing when it is synced again', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    await harness.sync(connection);
    const before = harness.memory.snapshot(connection);
    const { slices } = await harness.sync(connection);
    // Platforms that say what was changed may have nothing to say so soon.
    if (cursor.by === 'day') expect(slices.some(({ rows_read: rows }) => rows > 0)).toBe(true);
    expect(harness.memory.snapshot(connection)).toEqual(before);
  });

  it('follows figures that grow after their day', async () => {
    const harness = open();
    harness.goTo(-8);
    const connection = await harness.connect(recent);
    await harness.sync(connection);
    const early = harness.memory.snapshot(connection);
    harness.goTo(0);
    await harness.sync(connection);
    expect(harness.memory.snapshot(connection)).not.toEqual(early);
    expectTotals(harness, given, connection, recent, today);
  });

  it('counts rows once that stand on both sides of a page', async () => {
    const harness = open();
    harness.control('duplicateBoundary');
    const connection = await harness.connect(recent);
    const { slices } = await withSmallPages(harness, () => harness.sync(connection));
    if (pageSize > 0) expect(slices.some(({ batches }) => batches > 2)).toBe(true);
    expectTotals(harness, given, connection, recent, today);
  });

  it.each([
    ['the change to winter time in Europe', '2025-10-20', '2025-11-03'],
    ['the change to summer time in New Zealand', '2025-09-21', '2025-10-02'],
    ['the change to summer time in Europe', '2026-03-24', '2026-04-07'],
  ])('keeps days apart over %s', async (_, from, to) => {
    const harness = open();
    const connection = await harness.connect('2025-09-01');
    await harness.sync(connection, { scope: 'BACKFILL', days: { from, to } });
    expectTotals(harness, given, connection, from, to);
  });
}

/** What goes wrong for a moment costs time, not data. */
function getsOverFaults(connector: Connector, given: ContractCase, open: () => Harness): void {
  it('waits when it is told to slow down, and loses nothing', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    harness.control('throttle', { calls: 3, waitSeconds: 1 });
    const { run } = await harness.sync(connection);
    if (!given.only && !given.open) expect(run.reasons.join(' ')).toContain('Partner Agency');
    expectTotals(harness, given, connection, recent, today);
  });

  it('gets over answers that break off, that are web pages, errors, or never come', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    for (const fault of ['truncateJson', 'html', 'fail', 'hang']) harness.control(fault, { calls: 1, status: 500 });
    await harness.sync(connection);
    expectTotals(harness, given, connection, recent, today);
  });

  it.skipIf(given.anyRange)('asks for less when it was too much', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    harness.control('tooMuchData', { limitDays: 3 });
    const { slices } = await harness.sync(connection);
    expect(slices.some(({ state }) => state === 'SPLIT')).toBe(true);
    expectTotals(harness, given, connection, recent, today);
  });
}

/** What cannot be read is told by its name. */
function tellsWhatIsClosed(connector: Connector, given: ContractCase, open: () => Harness): void {
  it('ends with the name of an account that is closed in between, and keeps the others', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    const [account] = accountsOf(harness, given);
    harness.control('forbidAccount', { account: account!.id });
    const { run, slices } = await harness.sync(connection);
    expect(run.state).toBe(given.only ? 'FAILED' : 'PARTIAL');
    if (given.only) return;
    if (!given.open) expect(run.reasons.join(' ')).toContain(account!.name);
    expect(slices.some(({ state, account_id: own }) => state === 'SUCCEEDED' && own !== account!.id)).toBe(true);
  });

  it('says so when its version was switched off', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    harness.control('versionOff', { version: connector.live!.version });
    const { run, slices } = await harness.sync(connection);
    expect(run.state).toBe('FAILED');
    expect(slices.map(({ failure }) => failure)).toContain('version_sunset');
  });

  // The last one, as it ends the tokens that others use.
  const renewable = connector.live!.auth.some((way) => way.kind === 'oauth2' && way.renewal === 'refresh_token');
  it.runIf(renewable)('goes on with a new token when the old one ends between two pages', async () => {
    const harness = open();
    const connection = await harness.logIn(recent);
    const before = harness.doubles.counters(connector.id);
    harness.control('latency', { ms: 5 });
    const ended = withSmallPages(harness, () => harness.sync(connection));
    await until(() => Promise.resolve(harness.doubles.counters(connector.id).total > before.total + 5));
    harness.control('expireTokens');
    const { slices } = await ended;
    expect(slices.filter(({ failure }) => failure === 'auth')).toEqual([]);
    expect(slices.some(({ state }) => state === 'SUCCEEDED')).toBe(true);
    expect(harness.doubles.counters(connector.id).tokenRefreshes).toBeGreaterThan(before.tokenRefreshes);
  });
}

/** The accounts that the credential sees. */
function accountsOf(harness: Harness, { only }: ContractCase): readonly { id: string; name: string }[] {
  return harness.doubles.accounts(harness.connector.id).filter(({ name }) => only === undefined || name === only);
}

/** Sums in memory equal what the double knows, in each of the figures that it has. */
function expectTotals(harness: Harness, given: ContractCase, connection: string, from: string, to: string): void {
  const { connector, doubles, memory } = harness;
  const rows = memory.list(connection, given.main).filter(({ date }) => String(date) >= from && String(date) <= to);
  const account = given.only === undefined ? null : accountsOf(harness, given)[0]!.id;
  const totals = doubles.totals(connector.id, { account, from, to });
  for (const figure of given.figures) {
    const sum = rows.reduce((total, row) => total + BigInt(Math.round(Number(row[figure]) * 1000)), 0n);
    expect(Number(sum) / 1000, `${figure} from ${from} to ${to}`).toBeCloseTo(Number(totals[figure]), 1);
  }
  expect(rows.length).toBeGreaterThan(0);
}

async function withSmallPages(harness: Harness, work: () => Promise<Ended>): Promise<Ended> {
  const streams = harness.connector.live!.streams;
  const sizes = streams.map(({ pageSize }) => pageSize);
  for (const stream of streams) if (stream.pageSize > 0) stream.pageSize = 10;
  // Where the platform fixes the size of its pages, its double makes them short.
  if (sizes.includes(0)) harness.control('pageRows', { calls: 10 });
  try {
    return await work();
  } finally {
    streams.forEach((stream, index) => (stream.pageSize = sizes[index]!));
  }
}
