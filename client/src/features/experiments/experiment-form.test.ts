import { describe, expect, it } from 'vitest';
import { designInput, emptyForm, experimentInput, numberIn } from './experiment-form.ts';

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
    expect(designInput({ ...emptyForm, metricKind: 'MEAN' })).toBeNull();
    expect(designInput({ ...emptyForm, metricKind: 'MEAN', baseline: '40', sd: '20' })).toMatchObject({
      baseline: 40,
      sd: 20,
    });
  });

  it('describes either an A/B or a geo experiment', () => {
    const ab = experimentInput({ ...emptyForm, name: 'x', adjusted: true });
    expect(ab.geo).toBeUndefined();
    expect(ab.ab).toMatchObject({ metrics: [{ adjusted: true }], plan: { correlation: 0.5 } });
    const geo = experimentInput({ ...emptyForm, kind: 'GEO', channel: 'Search', from: '2026-01-01' });
    expect(geo).toMatchObject({ geo: { channel: 'Search' } });
    expect(geo.ab).toBeUndefined();
  });
});
