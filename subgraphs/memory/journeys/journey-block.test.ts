import { describe, expect, it } from 'vitest';
import { journeyColumns, type TestJourney } from '../testing/batches.ts';
import { selectJourneys, FrameBuilder } from './build-frame.pure.ts';
import { decodeBlock, encodeBlock } from './journey-block.pure.ts';
import { narrow, packColumns, unpackColumns } from './pack-columns.pure.ts';

describe('packColumns', () => {
  it('gives back each column with its kind, also from a buffer at an odd place', () => {
    const columns = [
      Uint8Array.of(1, 2, 255),
      Uint16Array.of(65_535),
      new Uint32Array(0),
      Float64Array.of(Number.NaN, -0, 1e300),
    ];
    const packed = packColumns(columns);
    expect(unpackColumns(packed)).toEqual(columns);
    const shifted = new Uint8Array(packed.length + 3);
    shifted.set(packed, 3);
    expect(unpackColumns(shifted.subarray(3))).toEqual(columns);
  });
});

describe('narrow', () => {
  it.each([
    [Float64Array.of(0, 255), Uint8Array],
    [Float64Array.of(0, 256), Uint16Array],
    [Float64Array.of(65_536), Uint32Array],
    [Float64Array.of(0.5), Float64Array],
    [Float64Array.of(-1), Float64Array],
    [Float64Array.of(-0), Float64Array],
    [Float64Array.of(2 ** 32), Float64Array],
    [Float64Array.of(Number.NaN), Float64Array],
    [new Float64Array(0), Uint8Array],
  ])('keeps %o exactly in %o', (values, Kind) => {
    const narrowed = narrow(values);
    expect(narrowed).toBeInstanceOf(Kind);
    expect(Float64Array.from(narrowed)).toEqual(values);
  });
});

function frameOf(journeys: readonly TestJourney[], rows: Uint32Array) {
  const columns = journeyColumns(journeys);
  const { packed, currencies } = encodeBlock(columns, rows);
  const { channels, campaigns } = columns;
  const selected = selectJourneys({ block: decodeBlock(packed), replaced: [], channels, campaigns, currencies }, {});
  const builder = new FrameBuilder('channel', selected.journeys, selected.touches);
  builder.add(selected);
  return builder.finish();
}

describe('encodeBlock', () => {
  it.each([
    ['whole days', [30, 0, 1]],
    ['whole seconds', [86_399 / 86_400, 12_345 / 86_400, 7 + 1 / 86_400]],
    ['parts of a second', [0.1, Math.PI, 1e-9]],
    ['after the conversion', [-1, 0, 2]],
    ['unknown', [Number.NaN, 3, Number.NaN]],
    ['beyond a century', [60_000, 49_710.5, 0]],
  ])('keeps ages bit by bit: %s', (_, ages) => {
    const frame = frameOf([{ key: 'a', path: ['x', 'y', 'x'], ages }], Uint32Array.of(0));
    expect(frame.ages).toEqual(Float64Array.from(ages));
  });

  it('takes the rows asked for, days before 1970 and fractions of conversions included', () => {
    const journeys = [
      { key: 'a', path: ['x'], date: '1969-12-31', conversions: 0.25, nulls: 1e12, value: -5.5 },
      { key: 'b', path: ['y'] },
      { key: 'c', path: ['z', 'x'], date: '2026-02-28', value: 0.000001, currency: 'USD' },
    ];
    expect(frameOf(journeys, Uint32Array.of(0, 2))).toEqual({
      units: ['x', 'z'],
      offsets: Uint32Array.of(0, 1, 3),
      touches: Uint32Array.of(0, 1, 0),
      ages: Float64Array.of(Number.NaN, Number.NaN, Number.NaN),
      conversions: Float64Array.of(0.25, 1),
      nulls: Float64Array.of(1e12, 0),
      value: Float64Array.of(-5.5, 0.000001),
      currency: null,
      firstDate: '1969-12-31',
      lastDate: '2026-02-28',
    });
  });
});
