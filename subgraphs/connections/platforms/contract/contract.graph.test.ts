import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, dayIn } from '../../sync/plan-slices.pure.ts';
import { connectors } from '../registry.ts';
import { cases, type ContractCase } from './cases.ts';
import { openHarness, type Ended, type Harness } from './harness.ts';

const today = dayIn(new Date(), 'UTC');
const recent = addDays(today, -20);

const covered = connectors.filter(({ id, live }) => live && cases[id]);

it('every platform that is read live keeps the contract', () => {
  const missing = connectors.filter(({ id, live }) => live && !cases[id]);
  expect(missing.map(({ id }) => id)).toEqual([]);
});

describe.each(covered.map((connector) => ({ id: connector.id, connector })))('$id', ({ id, connector }) => {
  const given = cases[id]!;
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness(connector, given);
  });
  afterAll(() => harness.close());
  beforeEach(() => harness.control('reset'));

  it('brings the same totals as the platform, all rows understood, and names the account that is closed', async () => {
    const connection = await harness.connect(recent);
    const { run, slices } = await harness.sync(connection);
    expect(slices.filter(({ rows_rejected: refused }) => refused > 0)).toEqual([]);
    expect(run.state).toBe(given.only ? 'SUCCEEDED' : 'PARTIAL');
    if (!given.only) expect(run.reasons.join(' ')).toContain('Partner Agency');
    expectTotals(harness, given, connection, recent, today);
  });

  it('adds nothing when it is synced again', async () => {
    const connection = await harness.connect(recent);
    await harness.sync(connection);
    const before = harness.memory.snapshot(connection);
    const { slices } = await harness.sync(connection);
    expect(slices.some(({ rows_read: rows }) => rows > 0)).toBe(true);
    expect(harness.memory.snapshot(connection)).toEqual(before);
  });

  it('follows figures that grow after their day', async () => {
    harness.control('setClock', { now: new Date(Date.now() - 8 * 86_400_000).toISOString() });
    const connection = await harness.connect(recent);
    await harness.sync(connection);
    const early = harness.memory.snapshot(connection);
    harness.control('setClock', { now: new Date().toISOString() });
    await harness.sync(connection);
    expect(harness.memory.snapshot(connection)).not.toEqual(early);
    expectTotals(harness, given, connection, recent, today);
  });

  it('counts rows once that stand on both sides of a page', async () => {
    harness.control('duplicateBoundary');
    const connection = await harness.connect(recent);
    const { slices } = await withSmallPages(harness, () => harness.sync(connection));
    const paged = connector.live!.streams.find(({ name }) => name === given.main)!.pageSize > 0;
    if (paged) expect(slices.some(({ batches }) => batches > 2)).toBe(true);
    expectTotals(harness, given, connection, recent, today);
  });

  it.each([
    ['the change to winter time in Europe', '2025-10-20', '2025-11-03'],
    ['the change to summer time in New Zealand', '2025-09-21', '2025-10-02'],
    ['the change to summer time in Europe', '2026-03-24', '2026-04-07'],
  ])('keeps days apart over %s', async (_, from, to) => {
    const connection = await harness.connect('2025-09-01');
    await harness.sync(connection, { scope: 'BACKFILL', days: { from, to } });
    expectTotals(harness, given, connection, from, to);
  });

  it('waits when it is told to slow down, and loses nothing', async () => {
    const connection = await harness.connect(recent);
    harness.control('throttle', { calls: 4, waitSeconds: 1 });
    const { run } = await harness.sync(connection);
    if (!given.only) expect(run.reasons.join(' ')).toContain('Partner Agency');
    expectTotals(harness, given, connection, recent, today);
  });

  it.each(['truncateJson', 'html', 'fail', 'hang'])('gets over answers that are broken: %s', async (fault) => {
    const connection = await harness.connect(recent);
    harness.control(fault, { calls: 2, status: 500 });
    await harness.sync(connection);
    expectTotals(harness, given, connection, recent, today);
  });

  it('asks for less when it was too much', async () => {
    const connection = await harness.connect(recent);
    harness.control('tooMuchData', { limitDays: 3 });
    const { slices } = await harness.sync(connection);
    expect(slices.some(({ state }) => state === 'SPLIT')).toBe(true);
    expectTotals(harness, given, connection, recent, today);
  });

  it('ends with the name of an account that is closed in between, and keeps the others', async () => {
    const connection = await harness.connect(recent);
    const [account] = accountsOf(harness, given);
    harness.control('forbidAccount', { account: account!.id });
    const { run, slices } = await harness.sync(connection);
    expect(run.state).toBe(given.only ? 'FAILED' : 'PARTIAL');
    if (given.only) return;
    expect(run.reasons.join(' ')).toContain(account!.name);
    expect(slices.some(({ state, account_id: own }) => state === 'SUCCEEDED' && own !== account!.id)).toBe(true);
  });

  it('says so when its version was switched off', async () => {
    const connection = await harness.connect(recent);
    harness.control('versionOff', { version: connector.live!.version });
    const { run, slices } = await harness.sync(connection);
    expect(run.state).toBe('FAILED');
    expect(slices.map(({ failure }) => failure)).toContain('version_sunset');
  });
});

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
