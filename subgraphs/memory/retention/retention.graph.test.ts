import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPrincipal, type Context, type Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import type { DataExtent, Retention } from '../schema.generated.ts';
import { memory } from '../subgraph.ts';
import { itemBatch, journeyBatch, recordBatch, type TestJourney, type TestRow } from '../testing/batches.ts';
import { startDueRetention } from './daily-run.ts';

let runtime: TestRuntime;
let clock = new Date('2026-11-21T12:00:00Z');
beforeAll(async () => {
  runtime = await testRuntime([memory], { now: () => clock });
});
afterAll(() => runtime.close());

/** With 30 days kept, the 21st of October is the first day that stays. */
const limit = 30;
const rows: TestRow[] = [
  { date: '2025-12-31', channel: 'Radio', campaign: 'Gone', spend: 1 },
  { date: '2026-10-20', channel: 'Search', spend: 2 },
  { date: '2026-10-21', channel: 'Search', spend: 4 },
  { date: '2026-11-20', channel: 'Mail', spend: 8 },
];
const journeys: TestJourney[] = [
  { key: 'a', date: '2026-10-20', path: ['Radio', 'Search'], value: 1 },
  { key: 'b', date: '2026-10-21', path: ['Search'], value: 2 },
  { key: 'c', date: '2026-11-01', path: ['Mail', 'Search'], value: 4 },
];

const newPrincipal = () => testPrincipal(runtime.newOrganization());
const contextOf = (principal: Principal) =>
  createContext({ runtime, principal: systemPrincipal(principal.organizationId) });
const change =
  'mutation ($days: Int) { setRetention(input: { days: $days }) { retention { days nextRunAt lastRunAt } } }';
const setDays = (principal: Principal, days: number | null) =>
  answer<{ setRetention: { retention: Retention } }>(memory, change, { runtime, principal, variables: { days } });

async function fill(context: Context) {
  const records = recordBatch(rows);
  const touches = journeyBatch(journeys, { connectionId: records.connectionId });
  const old = journeyBatch([{ key: 'z', date: '2026-01-01', path: ['Radio'] }], { connectionId: records.connectionId });
  for (const batch of [records, touches, old]) await context.ports.memory.ingest(context, batch);
  return records;
}

async function left(context: Context) {
  const facts = await context.ports.memory.records(context, {
    from: '2020-01-01',
    to: '2030-01-01',
    sourceKinds: ['file'],
  });
  const frame = await context.ports.memory.journeys(context, { unit: 'channel', sourceKinds: ['file'] });
  return { dates: facts.date.toSorted(), values: [...frame.value], units: frame.units };
}

function ranAt(principal: Principal, at: Date) {
  return until(async () => {
    const text = '{ retention { days lastRunAt nextRunAt } }';
    const { retention } = await answer<{ retention: Retention }>(memory, text, { runtime, principal });
    return retention.lastRunAt && new Date(retention.lastRunAt) >= at ? retention : null;
  }, 50_000);
}

const all = { dates: rows.map(({ date }) => date), values: [1, 2, 4, 0], units: ['Radio', 'Search', 'Mail'] };

describe('retention', () => {
  it('removes what is older, nothing younger, and nothing of others', async () => {
    const [mine, other] = [newPrincipal(), newPrincipal()];
    const context = contextOf(mine);
    const { connectionId } = await fill(context);
    await fill(contextOf(other));
    await setDays(mine, limit);
    await ranAt(mine, clock);
    expect(await left(context)).toEqual({
      dates: ['2026-10-21', '2026-11-20'],
      values: [2, 4],
      units: ['Search', 'Mail'],
    });
    expect(await left(contextOf(other))).toEqual(all);
    const text =
      '{ dataExtent { records journeys firstDate lastDate channels } lineage { edges { node { lastDate } } } }';
    const seen = await answer<{ dataExtent: DataExtent; lineage: { edges: unknown[] } }>(memory, text, {
      runtime,
      principal: mine,
    });
    expect(seen.dataExtent).toEqual({
      records: 2,
      journeys: 2,
      firstDate: '2026-10-21',
      lastDate: '2026-11-20',
      channels: ['Mail', 'Search'],
    });
    expect(seen.lineage.edges).toHaveLength(2);
    const keys = await sql<{ n: number }>`select count(*) as n from memory.journey_key`.execute(context.db);
    expect(keys.rows[0]!.n).toBe(2);
    // What is left still replaces and is replaced.
    const again = journeyBatch([{ ...journeys[2]!, value: 40 }], { connectionId });
    expect(await context.ports.memory.ingest(context, again)).toMatchObject({ inserted: 0, updated: 1 });
    expect((await left(context)).values).toEqual([2, 40]);
  });

  it('of one connection removes what it brought in of earlier days, and nothing of others', async () => {
    const principal = newPrincipal();
    const context = contextOf(principal);
    const { connectionId } = await fill(context);
    const other = recordBatch([rows[0]!]);
    await context.ports.memory.ingest(context, other);
    expect(await context.ports.memory.forgetBefore(context, connectionId, '2026-10-21')).toBe(4);
    expect(await left(context)).toEqual({
      dates: ['2025-12-31', '2026-10-21', '2026-11-20'],
      values: [2, 4],
      units: ['Search', 'Mail'],
    });
    const text = '{ dataExtent { records journeys firstDate } }';
    const { dataExtent } = await answer<{ dataExtent: DataExtent }>(memory, text, { runtime, principal });
    expect(dataExtent).toEqual({ records: 3, journeys: 2, firstDate: '2025-12-31' });
    expect(await context.ports.memory.forgetBefore(context, connectionId, '2026-10-21')).toBe(0);
  });

  it('removes thousands in steps and keeps count', async () => {
    const principal = newPrincipal();
    const context = contextOf(principal);
    const many = Array.from({ length: 11_000 }, (_, index): TestRow => {
      const day = new Date(Date.UTC(2026, 9, 1) + (index % 40) * 86_400_000).toISOString().slice(0, 10);
      return { date: day, channel: `c${index}`, spend: 1 };
    });
    await context.ports.memory.ingest(context, recordBatch(many));
    const kept = many.filter(({ date }) => date >= '2026-10-21').length;
    await setDays(principal, limit);
    await ranAt(principal, clock);
    expect((await left(context)).dates).toHaveLength(kept);
    const { dataExtent } = await answer<{ dataExtent: DataExtent }>(memory, '{ dataExtent { records } }', {
      runtime,
      principal,
    });
    expect(dataExtent.records).toBe(kept);
  });

  it('removes items with the records that are their sums, those that add to none and those that are gone', async () => {
    const principal = newPrincipal();
    const context = contextOf(principal);
    const old = { date: '2026-10-20' };
    const batch = itemBatch([
      { key: 'a', ...old },
      { key: 'b', ...old, deleted: true },
      { key: 'c', ...old, kind: 'contact', channel: null },
      { key: 'd', date: '2026-10-21' },
    ]);
    await context.ports.memory.ingest(context, batch);
    await setDays(principal, limit);
    await ranAt(principal, clock);
    const left = await sql<{ key: string }>`select key from memory.item`.execute(context.db);
    expect(left.rows).toEqual([{ key: 'd' }]);
    const text = '{ dataExtent { records items firstDate lastDate } }';
    expect(await answer(memory, text, { runtime, principal })).toEqual({
      dataExtent: { records: 1, items: 1, firstDate: '2026-10-21', lastDate: '2026-10-21' },
    });
  });

  it('forgets a connection of which nothing is left', async () => {
    const principal = newPrincipal();
    const context = contextOf(principal);
    await context.ports.memory.ingest(context, recordBatch(rows.slice(0, 1)));
    await setDays(principal, limit);
    await ranAt(principal, clock);
    const text = '{ dataExtent { records firstDate channels sourceKinds } }';
    expect(await answer(memory, text, { runtime, principal })).toEqual({
      dataExtent: { records: 0, firstDate: null, channels: [], sourceKinds: [] },
    });
  });

  it('runs again every day, and not once it is off', async () => {
    const principal = newPrincipal();
    const context = contextOf(principal);
    await setDays(principal, limit);
    await ranAt(principal, clock);
    await fill(context);
    clock = new Date(clock.getTime() + 86_400_000);
    await startDueRetention(runtime);
    const { nextRunAt } = await ranAt(principal, clock);
    expect(new Date(nextRunAt!).getTime()).toBe(clock.getTime() + 86_400_000);
    expect((await left(context)).dates).toEqual(['2026-11-20']);
    const { setRetention } = await setDays(principal, null);
    expect(setRetention.retention).toMatchObject({ days: null, nextRunAt: null });
    await fill(context);
    clock = new Date(clock.getTime() + 86_400_000);
    await startDueRetention(runtime);
    const jobs = await sql<{ n: number }>`select count(*) as n from runtime.job`.execute(context.db);
    expect(jobs.rows[0]!.n).toBe(2);
    expect((await left(context)).dates).toHaveLength(5);
  });

  it('keeps everything until somebody decides otherwise, and refuses other periods', async () => {
    const principal = newPrincipal();
    const text = '{ retention { days lastRunAt nextRunAt } }';
    const nothing = { days: null, lastRunAt: null, nextRunAt: null };
    expect(await answer(memory, text, { runtime, principal })).toEqual({ retention: nothing });
    for (const days of [0, 29, 3651, -1]) {
      const refused = await ask(memory, change, { runtime, principal, variables: { days } });
      expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.days' });
    }
  });

  it('is for those who manage the organisation, and is audited', async () => {
    const reader = testPrincipal(runtime.newOrganization(), ['data:read']);
    const refused = await ask(memory, change, { runtime, principal: reader, variables: { days: 60 } });
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const principal = newPrincipal();
    await setDays(principal, 60);
    const events = await sql<{ topic: string; audited: boolean; summary: string }>`
      select topic, audited, summary from runtime.event where topic = 'retention.changed'`.execute(
      contextOf(principal).db,
    );
    expect(events.rows).toEqual([
      { topic: 'retention.changed', audited: true, summary: 'Test User decided that data is kept for 60 days.' },
    ]);
  });
});
