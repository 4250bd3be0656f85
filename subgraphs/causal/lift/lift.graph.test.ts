import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import type { MemoryPort, RecordFrame } from '@liftos/core/ports/memory.ts';
import { answer, listenTo } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { closePools } from '@liftos/core/worker-pool.ts';
import type { EvaluateLiftInput, LiftRecordsInput } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';
import { reproduced, same } from '../reproduction/testing/reproduced.ts';
import { cancel, evaluated, inState, refusal, shown, start, type Asking } from './testing/lift-client.ts';
import { dayAt, madeRegions, regionRecords } from './testing/region-records.ts';

const stored = new Map<string, RecordFrame>();
const memory = {
  records: ({ organizationId }: Principal) => Promise.resolve(structuredClone(stored.get(organizationId))),
};
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([causal], { remotePorts: { memory: memory as unknown as MemoryPort } });
});
afterAll(async () => {
  await runtime.close();
  await closePools();
});

const geo: LiftRecordsInput = {
  basis: 'BOOKED',
  from: dayAt(0),
  to: dayAt(69),
  treated: ['north'],
  start: dayAt(56),
  spendChannel: 'Search',
};
const evaluation = (
  changed: Partial<LiftRecordsInput> = {},
  other: Partial<EvaluateLiftInput> = {},
): EvaluateLiftInput => ({
  method: 'SYNTHETIC_CONTROL',
  records: { ...geo, ...changed },
  ...other,
});

function asOrganization(records: RecordFrame = regionRecords()): Asking {
  const principal = testPrincipal(runtime.newOrganization());
  stored.set(principal.organizationId, records);
  return { runtime, principal };
}

describe('evaluateLift on records', () => {
  it('finds the effect of a region, what it cost, what it says to a mix model, and the same after a restart', async () => {
    const asking = asOrganization();
    const queued = await start(asking, evaluation({}, { name: 'Twice the search' }));
    expect(queued).toMatchObject({
      state: 'QUEUED',
      progress: 0,
      result: null,
      inputs: null,
      name: 'Twice the search',
    });
    const run = await inState(asking, queued.id);
    expect(run).toMatchObject({ state: 'SUCCEEDED', progress: 1, error: null });
    expect(run.inputs).toMatchObject({
      source: 'RECORDS',
      treated: ['north'],
      currency: 'EUR',
      sourceKinds: ['file'],
      filled: 0,
      periods: 70,
      start: dayAt(56),
    });
    const { effect, total, spend, iroas, conclusion } = run.result!;
    expect(effect.low!).toBeLessThan(60);
    expect(effect.high!).toBeGreaterThan(60);
    expect(total.value).toBeCloseTo(effect.value * 14, 9);
    expect(spend).toEqual({ before: 20, change: 20, totalChange: 280, currency: 'EUR', given: false });
    expect(iroas!.value).toBeCloseTo(total.value / 280, 9);
    expect(conclusion).toMatch(/The outcome of north rose by .* Per unit of spend changed that is/);
    expect(run.calibration).toMatchObject({
      channel: 'Search',
      region: 'north',
      from: dayAt(56),
      to: dayAt(69),
      kpi: 'REVENUE',
      basis: 'BOOKED',
      spend: 20,
      spendChange: 20,
      method: 'SYNTHETIC_CONTROL',
    });
    expect(run.calibration!.kpiChange).toBeCloseTo(effect.value, 9);
    expect(await reproduced(asking, 'LIFT_EVALUATION', run.id)).toEqual(same);
    await closePools();
    const restarted = await testRuntime([causal], { remotePorts: { memory: memory as unknown as MemoryPort } });
    const after = await reproduced({ ...asking, runtime: restarted }, 'LIFT_EVALUATION', run.id);
    await restarted.close();
    expect(after).toEqual(same);
    stored.set(asking.principal.organizationId, regionRecords({ effect: 61 }));
    expect(await reproduced(asking, 'LIFT_EVALUATION', run.id)).toMatchObject({ identical: false, sameData: false });
  });

  it.each([
    ['DIFFERENCE_IN_DIFFERENCES', ['north', 'south', 'east']],
    ['CAUSAL_IMPACT', ['north', 'south']],
  ] as const)('answers by %s for several regions over weeks, with a given change of spend', async (method, treated) => {
    const asking = asOrganization(regionRecords({ days: 140, start: 105, treated }));
    const records: Partial<LiftRecordsInput> = {
      period: 'WEEK',
      to: dayAt(139),
      treated: [...treated],
      start: dayAt(105),
    };
    const { result, error, inputs } = await evaluated(
      asking,
      evaluation(records, { method, spendChange: 1000, refute: method !== 'CAUSAL_IMPACT' }),
    );
    expect(error).toBeNull();
    expect(inputs!.periods).toBe(19);
    expect(result!.effect.low!).toBeLessThan(7 * 60);
    expect(result!.effect.high!).toBeGreaterThan(7 * 60 * 0.8);
    expect(result!.spend).toMatchObject({ totalChange: 1000, given: true });
    expect(result!.total.value / result!.effect.value).toBeCloseTo(
      treated.length * (result!.periods.length - result!.pre),
      6,
    );
    expect(result!.cumulative.mean.at(-1)! / result!.total.value).toBeCloseTo(1, 6);
    if (method === 'DIFFERENCE_IN_DIFFERENCES') {
      expect(result!.pValues.map(({ test }) => test)).toEqual(['CLUSTERED_T', 'WILD_BOOTSTRAP']);
      expect(result!.cumulative.low.at(-1)! / result!.total.low!).toBeCloseTo(1, 6);
      expect(result!.eventStudy.map(({ event }) => event)).not.toContain(-1);
    }
  });

  it('counts days without a row as nothing, and says so', async () => {
    const records = regionRecords();
    const keep = records.date.map((date, row) => date !== dayAt(10) || records.region[row] !== 'lakes');
    const pick = <T>(values: readonly T[]): T[] => values.filter((_, row) => keep[row]);
    const asking = asOrganization({
      ...records,
      date: pick(records.date),
      region: pick(records.region),
      channel: pick(records.channel),
      campaign: pick(records.campaign),
      currency: pick(records.currency),
      basis: pick(records.basis),
      sourceKind: pick(records.sourceKind),
      spend: records.spend.filter((_, row) => keep[row]!),
      revenue: records.revenue.filter((_, row) => keep[row]!),
      conversions: records.conversions.filter((_, row) => keep[row]!),
      clicks: records.clicks.filter((_, row) => keep[row]!),
      impressions: records.impressions.filter((_, row) => keep[row]!),
    });
    const run = await evaluated(asking, evaluation({}, { refute: false }));
    expect(run.inputs!.filled).toBe(1);
    expect(run.warnings.join(' ')).toMatch(/1 of 560 values have no record/);
  });
});

describe('an evaluation', () => {
  const followText = `subscription ($id: ID) { liftEvaluationProgress(id: $id, after: 0) { sequence evaluation { id state progress } } }`;
  const listText = '{ liftEvaluations(first: 5) { edges { node { id } } } }';

  it('is shown to its organisation alone, and tells of its states', async () => {
    const asking = asOrganization();
    const { id } = await evaluated(asking, evaluation({}, { refute: false }));
    const events = await listenTo(causal, followText, { ...asking, variables: { id } });
    const { value } = (await events.next()) as {
      value: { data: { liftEvaluationProgress: { evaluation: { id: string } } } };
    };
    await events.return?.(undefined);
    expect(value.data.liftEvaluationProgress.evaluation.id).toBe(id);
    expect(await answer(causal, listText, asking)).toEqual({ liftEvaluations: { edges: [{ node: { id } }] } });
    const other = asOrganization();
    expect(await shown(other, id)).toBeNull();
    expect(await answer(causal, listText, other)).toEqual({ liftEvaluations: { edges: [] } });
    await expect(reproduced(other, 'LIFT_EVALUATION', id)).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });

  it('ends within a second when cancelled', async () => {
    const asking = asOrganization();
    const input = evaluation({}, { method: 'CAUSAL_IMPACT', causalImpact: { draws: 20_000 } });
    const { id } = await start(asking, input);
    await inState(asking, id, ['RUNNING']);
    const begin = performance.now();
    await cancel(asking, id);
    expect(await inState(asking, id)).toMatchObject({ state: 'CANCELLED', result: null });
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});

describe('records that cannot answer', () => {
  const broken = (change: (records: RecordFrame) => void): RecordFrame => {
    const records = regionRecords();
    change(records);
    return records;
  };
  const without = (day: string): RecordFrame =>
    broken((records) => records.date.forEach((date, row) => (records.date[row] = date === day ? dayAt(0) : date)));

  it.each([
    ['no treated region', 'input.records.treated', { treated: [] }, undefined],
    ['a region that is not there', 'input.records.treated', { treated: ['moon'] }, undefined],
    ['a control that is treated', 'input.records.controls', { controls: ['north', 'south', 'east'] }, undefined],
    ['one control', 'input.records.controls', { controls: ['south'] }, undefined],
    ['a start after the data', 'input.records.start', { start: '2027-01-01' }, undefined],
    ['an end before the start', 'input.records.end', { end: dayAt(40) }, undefined],
    ['hardly any history', 'input.records.from', { start: dayAt(2) }, undefined],
    ['days in the wrong order', 'input.records.to', { to: '2025-01-01' }, undefined],
    ['a treated region that never moved', 'input.records.treated', { basis: 'PAID' }, undefined],
    ['a day of which nothing is known', 'input.records.from', {}, without(dayAt(20))],
    ['several currencies', 'input.records.currency', {}, broken((records) => records.currency.fill('USD', 0, 9))],
    [
      'generated records among real ones',
      'input.records.mock',
      {},
      broken((records) => records.sourceKind.fill('mock', 0, 9)),
    ],
    ['no records', 'input.records.from', {}, regionRecords({ days: 0 })],
  ] as const)('are refused for %s, naming the field', async (_, field, changed, records) => {
    const input = evaluation(changed as Partial<LiftRecordsInput>);
    expect(await refusal(asOrganization(records), input)).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('are taken in the currency that is chosen', async () => {
    const records = broken((own) => own.currency.fill('USD', 0, 2));
    const run = await evaluated(asOrganization(records), evaluation({ currency: 'EUR' }, { refute: false }));
    expect(run.warnings.join(' ')).toMatch(/1 of 560/);
  });
});

describe('a panel that cannot answer', () => {
  const units = madeRegions.flatMap((region) => Array.from({ length: 12 }, () => region));
  const periods = madeRegions.flatMap(() => Array.from({ length: 12 }, (_, month) => String(2001 + month)));
  const values: (number | null)[] = units.map((_, row) => 100 + 7 * Math.sin(row * row) + (row % 12));
  const panel = { units, periods, values, treatments: [{ unit: 'north', start: '2010' }] };
  const put = <T>(list: readonly T[], at: number, value: T): T[] => list.with(at, value);
  const input = (changed: object, other: Partial<EvaluateLiftInput> = {}): EvaluateLiftInput => ({
    method: 'SYNTHETIC_CONTROL',
    panel: { ...panel, ...changed },
    ...other,
  });
  const words = periods.map((period) => `Q ${period}`);

  it.each([
    ['neither records nor a panel', 'input', { method: 'CAUSAL_IMPACT' }],
    ['columns of different lengths', 'input.panel.values', input({ values: values.slice(1) })],
    ['a missing value', 'input.panel.values', input({ values: put(values, 30, null) })],
    ['a row twice', 'input.panel.values', input({ periods: put(periods, 1, '2001') })],
    [
      'a treated unit that never moved',
      'input.panel.values',
      input({ values: values.map((own, row) => (row < 12 ? 5 : own)) }),
    ],
    [
      'a gap in time',
      'input.panel.periods',
      input({ periods: periods.map((own) => (own > '2005' ? String(Number(own) + 3) : own)) }),
    ],
    [
      'labels out of order',
      'input.panel.periods',
      input({
        periods: put(put(words, 13, words[14]!), 14, words[13]!),
        treatments: [{ unit: 'north', start: 'Q 2010' }],
      }),
    ],
    ['no treatment', 'input.panel.treatments', input({ treatments: [] })],
    ['an unknown treated unit', 'input.panel.treatments', input({ treatments: [{ unit: 'moon', start: '2010' }] })],
    ['a start outside the data', 'input.panel.treatments', input({ treatments: [{ unit: 'north', start: '1999' }] })],
    [
      'several starts',
      'input.panel.treatments',
      input({ treatments: [...panel.treatments, { unit: 'south', start: '2011' }] }),
    ],
    ['one control', 'input.panel.controls', input({ controls: ['south'] })],
    [
      'two controls for one treated unit',
      'input.panel.controls',
      input({ controls: ['south', 'east'] }, { method: 'DIFFERENCE_IN_DIFFERENCES' }),
    ],
    ['too little history', 'input.panel.periods', input({ treatments: [{ unit: 'north', start: '2003' }] })],
    [
      'too little history',
      'input.panel.periods',
      input({ treatments: [{ unit: 'north', start: '2005' }] }, { method: 'CAUSAL_IMPACT' }),
    ],
    ['an end before the start', 'input.panel.end', input({ end: '2005' })],
    ['covariates that nothing uses', 'input.panel.covariates', input({ covariates: [{ name: 'x', values }] })],
    [
      'predictors of another variant',
      'input.syntheticControl.predictors',
      input({}, { syntheticControl: { predictors: [{ from: '2001', to: '2002' }] } }),
    ],
    ['a level of 1', 'input.level', input({}, { level: 1 })],
    ['too few draws', 'input.causalImpact.draws', input({}, { causalImpact: { draws: 10 } })],
  ])('is refused for %s, naming the field', async (_, field, wrong) => {
    expect(await refusal(asOrganization(), wrong)).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('is sorted by time where its periods say their order, which is said', async () => {
    const order = units.map((_, row) => units.length - 1 - row);
    const turned = (list: readonly unknown[]) => order.map((row) => list[row]);
    const asking = asOrganization();
    const sorted = await evaluated(
      asking,
      input({ units: turned(units), periods: turned(periods), values: turned(values) }, { refute: false }),
    );
    const plain = await evaluated(asking, input({}, { refute: false }));
    expect(sorted.warnings).toContain('The rows were not in the order of time and were sorted.');
    expect(sorted.result!.effect.value).toBeCloseTo(plain.result!.effect.value, 9);
    expect(sorted.inputs!.dataHash).not.toBe('');
  });
});
