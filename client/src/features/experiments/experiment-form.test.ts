import { describe, expect, it } from 'vitest';
import {
  type MetricRow,
  decidingFirst,
  designInput,
  emptyForm,
  experimentInput,
  numberIn,
  withMetric,
} from './experiment-form.ts';

const orders: MetricRow = { name: 'order rate', kind: 'SHARE', adjusted: false };
const revenue: MetricRow = { name: 'revenue', kind: 'MEAN', adjusted: true };
const clicks: MetricRow = { name: 'clicks per view', kind: 'RATIO', adjusted: true };

describe('the form of an experiment', () => {
  it('reads per cent as shares and takes commas for points', () => {
    expect(numberIn('2,5')).toBe(2.5);
    expect(designInput({ ...emptyForm, baseline: '2,5' })).toMatchObject({
      metric: 'SHARE',
      baseline: 0.025,
      effect: 0.1,
      alpha: 0.05,
      shares: [50, 50],
      correlation: 0,
    });
  });

  it('asks nothing while a field is empty that the answer needs', () => {
    expect(designInput({ ...emptyForm, effect: '' })).toBeNull();
    const metrics = [revenue];
    expect(designInput({ ...emptyForm, metrics })).toBeNull();
    expect(designInput({ ...emptyForm, metrics, baseline: '40', sd: '20' })).toMatchObject({
      baseline: 40,
      sd: 20,
    });
  });

  it('describes either an A/B or a geo experiment', () => {
    const ab = experimentInput({ ...emptyForm, name: 'x', metrics: [{ ...orders, adjusted: true }] });
    expect(ab.geo).toBeUndefined();
    expect(ab.ab).toMatchObject({ metrics: [{ adjusted: true }], plan: { correlation: 0.5 } });
    const geo = experimentInput({ ...emptyForm, kind: 'GEO', channel: 'Search', from: '2026-01-01' });
    expect(geo).toMatchObject({ geo: { channel: 'Search' } });
    expect(geo.ab).toBeUndefined();
  });

  it('takes several metrics of all kinds; the first decides and gives the size', () => {
    const form = { ...emptyForm, metrics: [orders, revenue, clicks], sd: '20', baseline: '40' };
    // A ratio cannot be adjusted by what was before.
    expect(experimentInput(form).ab!.metrics).toEqual([orders, revenue, { ...clicks, adjusted: false }]);
    expect(designInput(form)).toMatchObject({ metric: 'SHARE', baseline: 0.4, correlation: 0 });
    const turned = { ...form, metrics: decidingFirst(form.metrics, 1) };
    expect(experimentInput(turned).ab!.metrics.map(({ name }) => name)).toEqual([
      'revenue',
      'order rate',
      'clicks per view',
    ]);
    expect(designInput(turned)).toMatchObject({ metric: 'MEAN', baseline: 40, sd: 20, correlation: 0.5 });
  });

  it('gives every further metric a name of its own', () => {
    const two = withMetric([orders]);
    expect(two).toEqual([orders, { name: 'metric 2', kind: 'MEAN', adjusted: false }]);
    expect(withMetric([two[1]!]).map(({ name }) => name)).toEqual(['metric 2', 'metric 3']);
  });

  it('measures one share alone where records of campaigns give the figures', () => {
    const form = { ...emptyForm, metrics: [{ ...revenue }, orders], source: 'CLICKS' as const };
    expect(experimentInput(form).ab!.metrics).toEqual([{ name: 'revenue', kind: 'SHARE', adjusted: false }]);
  });
});
