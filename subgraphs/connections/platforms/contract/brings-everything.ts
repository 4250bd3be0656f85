import { expect, it } from 'vitest';
import { addDays } from '../../sync/plan-slices.pure.ts';
import { startOfDay } from '../../engine/day-bounds.pure.ts';
import type { Connector } from '../connector.ts';
import type { ContractCase } from './cases.ts';
import { accountsOf, expectTotals, recent, today, withSmallPages } from './figures.ts';
import type { Harness } from './harness.ts';
import type { RowsRead } from './hurry.ts';

const dayMs = 86_400_000;

/** Nothing is lost, doubled or made up. */
export function bringsEverything(connector: Connector, given: ContractCase, open: () => Harness): void {
  const { cursor } = connector.live!.streams.find(({ name }) => name === given.main)!;

  it('brings the same totals as the platform, and adds nothing of its own', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    const { run, slices } = await harness.sync(connection);
    expectTotals(harness, given, connection, recent);
    expect(slices.filter(({ rows_rejected: refused }) => refused > 0)).toEqual([]);
    expect(sameRows(harness.rowsRead)).toEqual([]);
    expect(run.state).toBe(given.only || given.open ? 'SUCCEEDED' : 'PARTIAL');
    if (!given.only && !given.open) expect(run.reasons.join(' ')).toContain('Partner Agency');
    const brought = harness.memory.snapshot(connection);
    const again = await harness.sync(connection);
    // Platforms that say what was changed may have nothing to say so soon.
    if (cursor.by === 'day') expect(again.slices.some(({ rows_read: rows }) => rows > 0)).toBe(true);
    expect(harness.memory.snapshot(connection)).toEqual(brought);
  });
}

/** What a platform counts late arrives too. */
export function followsLateFigures(given: ContractCase, open: () => Harness): void {
  it('follows figures that grow later', async () => {
    const harness = open();
    const from = addDays(today, -5);
    harness.goTo(-2);
    const connection = await harness.connect(from);
    await harness.sync(connection);
    const early = harness.memory.snapshot(connection);
    harness.goTo(0);
    await harness.sync(connection);
    expect(harness.memory.snapshot(connection)).not.toEqual(early);
    expectTotals(harness, given, connection, from);
  });
}

/** What a platform no longer reports goes. */
export function takesBack(given: ContractCase, open: () => Harness): void {
  it('takes back what the platform reports no more', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    await harness.sync(connection);
    const rows = harness.memory.list(connection, given.main).length;
    for (const { id } of accountsOf(harness, given)) harness.control('withdraw', { account: id });
    await harness.sync(connection);
    expect(harness.memory.list(connection, given.main).length).toBeLessThan(rows);
    expectTotals(harness, given, connection, recent);
  });
}

/** Nothing is lost or doubled between pages, or put on another day. */
export function keepsPagesAndDays(connector: Connector, given: ContractCase, open: () => Harness): void {
  const { pageSize } = connector.live!.streams.find(({ name }) => name === given.main)!;

  it('counts rows once that stand on both sides of a page', async () => {
    const harness = open();
    harness.control('duplicateBoundary');
    const connection = await harness.connect(recent);
    const { slices } = await withSmallPages(harness, () => harness.sync(connection));
    if (pageSize > 0) expect(slices.some(({ batches }) => batches > 2)).toBe(true);
    expectTotals(harness, given, connection, recent);
  });

  const ways = [given, ...(given.others ?? []).map((other) => ({ ...given, ...other }))];
  it.each(ways.map((way) => ({ way, name: way.only ?? 'all accounts' })))(
    'keeps days of 23 and 25 hours apart: $name',
    async ({ way }) => {
      const harness = open();
      const zones = Object.entries(homes).flatMap(([name, zone]) => (name === (way.only ?? name) ? [zone] : []));
      await expectDays(harness, way, zones.flatMap(changesOf));
    },
  );

  it('keeps days apart in a zone on the other side of the date line', async () => {
    const harness = open();
    const zone = 'America/Los_Angeles';
    harness.control('moveAccounts', { zone });
    await expectDays(harness, given, changesOf(zone));
  });
}

/** Where the accounts of the doubles are that have data. */
const homes = { 'Nordwind Europe': 'Europe/Berlin', 'Nordwind Pacific': 'Pacific/Auckland' };

/** The days around each of these have the double's own totals. */
async function expectDays(harness: Harness, given: ContractCase, days: readonly string[]): Promise<void> {
  const connection = await harness.connect(addDays(today, -390), given);
  for (const day of days) {
    const [from, to] = [addDays(day, -1), addDays(day, 1)];
    await harness.sync(connection, { scope: 'BACKFILL', days: { from, to } });
    for (const one of [from, day, to]) expectTotals(harness, given, connection, one, one);
  }
}

/** Keys that came twice within an account and window: the key that the stream declares tells no two rows apart. */
function sameRows(read: readonly RowsRead[]): string[] {
  const seen = new Set<string>();
  const twice = read.flatMap(({ stream, slice, keys }) =>
    keys.flatMap((key) => {
      const full = `${stream} ${slice} ${key}`;
      const isNew = !seen.has(full);
      seen.add(full);
      return isNew ? [] : [full];
    }),
  );
  return twice.slice(0, 5);
}

/** The last days of 23 and of 25 hours in a zone. */
function changesOf(zone: string): string[] {
  const found = new Map<number, string>();
  for (let day = addDays(today, -6); found.size < 2; day = addDays(day, -1)) {
    const length = startOfDay(addDays(day, 1), zone).getTime() - startOfDay(day, zone).getTime();
    if (length !== dayMs && !found.has(length)) found.set(length, day);
  }
  return [...found.values()];
}
