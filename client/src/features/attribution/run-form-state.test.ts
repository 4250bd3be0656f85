import { expect, test } from 'vitest';
import { allModels } from './models.ts';
import { readSettings, toInput, writeSettings } from './run-form-state.ts';

test('an empty address means all models and every touch', () => {
  expect(readSettings({})).toMatchObject({
    models: allModels,
    windowDays: null,
    unit: 'CHANNEL',
    markovOrder: 1,
    includeNulls: true,
    mock: false,
  });
});

test('settings survive the way through the address', () => {
  const params = {
    models: 'markov.shapley',
    window: '7',
    from: 'now-29d',
    to: 'now',
    unit: 'campaign',
    order: '3',
    halflife: '14',
    nulls: 'no',
    source: 'mock',
  };
  expect(writeSettings(readSettings(params))).toEqual(params);
});

test('both units together survive too', () => {
  const params = { unit: 'channel-and-campaign' };
  expect(readSettings(params).unit).toBe('CHANNEL_AND_CAMPAIGN');
  expect(writeSettings(readSettings(params))).toMatchObject(params);
});

test('defaults are not written', () => {
  expect(Object.values(writeSettings(readSettings({}))).every((value) => value === null)).toBe(true);
});

test('what is not allowed falls back', () => {
  expect(readSettings({ models: 'magic', window: '9', order: '7', halflife: '-1', unit: 'x' })).toMatchObject({
    models: allModels,
    windowDays: null,
    markovOrder: 1,
    halfLifeDays: 7,
    unit: 'CHANNEL',
  });
});

test('relative days become fixed ones in the request', () => {
  expect(toInput(readSettings({ from: 'now-6d', to: 'now' }), '2026-11-20')).toMatchObject({
    from: '2026-11-14',
    to: '2026-11-20',
  });
  expect(toInput(readSettings({}), '2026-11-20')).toMatchObject({ from: null, to: null });
});
