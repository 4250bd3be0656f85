import { expect, test } from 'vitest';
import { stepsOf } from './next-steps.ts';

const none = { edges: [] };
const nothing: Parameters<typeof stepsOf>[0] = {
  dataExtent: { records: 0, journeys: 0, sourceKinds: [], bySource: [] },
  attributionRuns: none,
  mixModels: none,
  models: none,
  experiments: none,
  liftEvaluations: none,
  calibrations: none,
  acceptedBudgetPlan: null,
};

test('nothing is done where nothing is known', () => {
  expect(stepsOf(nothing).map(({ done }) => done)).toEqual(Array(7).fill(false));
});

test('a trained version counts as a model, and a champion as a promotion', () => {
  const version = { id: 'v', number: 1, state: 'SUCCEEDED' as const, progress: 1 };
  const model = { id: 'm', name: 'Revenue', mock: false, champion: null, versions: [version] };
  const steps = stepsOf({ ...nothing, models: { edges: [{ node: model }] } });
  expect(steps.filter(({ done }) => done).map(({ title }) => title)).toEqual(['Train a mix model']);
  const champion = { id: 'v', number: 1, metrics: null, accuracy: { conclusion: '' } };
  const promoted = stepsOf({ ...nothing, models: { edges: [{ node: { ...model, champion } }] } });
  expect(promoted.filter(({ done }) => done)).toHaveLength(2);
});
