import { expect, test } from 'vitest';
import { type KnownChannel, boundsOf, formOf, reachOf, readPlan, toPlanInput, writePlan } from './plan-form.ts';

const channels: KnownChannel[] = [
  { name: 'search', current: 100, mostMultiple: 2.5, curve: { spend: [0, 100, 250], mean: [0, 200, 350] } },
  { name: 'social', current: 50, mostMultiple: 2.5, curve: { spend: [0, 50, 125], mean: [0, 60, 90] } },
];

const read = (address: Record<string, string>) => readPlan((name) => address[name]);

test('an empty address is the usual plan, and the usual plan an empty address', () => {
  const plan = read({});
  expect(plan).toMatchObject({ goal: 'MAXIMISE_KPI', horizonDays: 90, carryOver: 'WHOLE', bounds: {}, total: null });
  expect(Object.values(writePlan(plan)).every((value) => value === null)).toBe(true);
});

test('what is written is read again', () => {
  const address = {
    model: 'm',
    goal: 'least',
    kpi: '1200',
    days: '28',
    after: 'no',
    bounds: 'search~0~1.5;social~1~1',
  };
  const plan = read(address);
  expect(plan.bounds).toEqual({ search: { lower: 0, upper: 1.5 }, social: { lower: 1, upper: 1 } });
  expect(writePlan(plan)).toMatchObject(address);
});

test('what cannot be falls back', () => {
  const plan = read({ days: '0', total: '-3', bounds: 'search~2~1;~0~1;x', goal: 'fame' });
  expect(plan).toMatchObject({ horizonDays: 90, total: null, bounds: {}, goal: 'MAXIMISE_KPI' });
});

test('bounds stay within the curve and say what is allowed', () => {
  const plan = read({ bounds: 'search~0~9' });
  expect(boundsOf(plan, channels[0]!)).toEqual({ lower: 0, upper: 2.5 });
  const reach = reachOf(plan, channels);
  expect(reach.spend).toEqual([35, 315]);
  expect(reach.kpi[1]).toBeCloseTo(350 + 66, 9);
  expect(reach).toMatchObject({ current: 150, currentKpi: 260 });
});

test('the question stays within what the bounds allow', () => {
  const ask = (address: Record<string, string>) => toPlanInput({ ...read(address), model: 'm' }, channels, true);
  expect(ask({ total: '9999' })).toMatchObject({ total: 195, mock: true, goal: 'MAXIMISE_KPI' });
  expect(ask({})).toMatchObject({ total: 150 });
  expect(ask({ goal: 'least', kpi: '1' }).kpiGoal).toBeGreaterThan(0.7 * 260);
  expect(ask({ goal: 'return' })).toMatchObject({ marginalReturn: 1 });
  expect(ask({ goal: 'return' })).not.toHaveProperty('total');
});

test('a kept plan is asked for again', () => {
  const settings = {
    goal: 'MAXIMISE_KPI' as const,
    total: 5,
    kpiGoal: null,
    marginalReturn: null,
    minimumReturn: 2,
    horizonDays: 30,
    carryOver: 'WITHIN' as const,
    lower: 0.7,
    upper: 1.3,
    bounds: [{ channel: 'search', lower: 1, upper: 1 }],
  };
  expect(formOf('m', settings)).toMatchObject({
    model: 'm',
    minimumReturn: 2,
    bounds: { search: { lower: 1, upper: 1 } },
  });
});
