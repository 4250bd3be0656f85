import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { golden } from '@liftos/core/testing/golden.ts';
import type { JourneyColumns } from '@liftos/core/ports/memory.ts';
import { describe, expect, test } from 'vitest';
import { readContent, type ReadResult } from './testing.ts';

function journeys(
  result: ReadResult,
): { key: string; touches: string[]; ages: number[]; row: Record<string, unknown> }[] {
  return result.batches.flatMap(({ kind, columns }) => {
    if (kind !== 'journeys') throw new Error('There are no journeys.');
    return unpack(columns);
  });
}

function unpack(columns: JourneyColumns) {
  return columns.key.map((key, i) => {
    const range = [columns.offsets[i], columns.offsets[i + 1]] as const;
    return {
      key,
      touches: Array.from(columns.channel.slice(...range), (code) => columns.channels[code]!),
      ages: Array.from(columns.age.subarray(...range)),
      row: {
        date: columns.date[i],
        conversions: columns.conversions[i],
        nulls: columns.nulls[i],
        value: columns.value[i],
      },
    };
  });
}

describe('a path per row', () => {
  test('counts and values survive', async () => {
    const result = await readContent(
      'path,total_conversions,total_conversion_value,total_null\na > b > a,2,3.195,6\na,0,0,1\n',
    );
    expect(journeys(result)).toEqual([
      {
        key: 'file:2',
        touches: ['a', 'b', 'a'],
        ages: [NaN, NaN, NaN],
        row: { date: null, conversions: 2, nulls: 6, value: 3_195_000n },
      },
      { key: 'file:3', touches: ['a'], ages: [NaN], row: { date: null, conversions: 0, nulls: 1, value: 0n } },
    ]);
  });

  test('an empty touch or path is refused', async () => {
    const result = await readContent('path,conversions\na > > b,1\n,1\na > b,1\n');
    expect(result.errors.map(({ line, code }) => [line, code])).toEqual([
      [2, 'EMPTY_TOUCH'],
      [3, 'MISSING'],
    ]);
  });

  const paths = golden('causal/pathdata/PathData.csv.gz');
  test.skipIf(!paths)('the golden paths come through exactly, repeated ones included', async () => {
    const result = await readContent(gunzipSync(await readFile(paths!)));
    const all = journeys(result);
    const sum = (name: string): number => all.reduce((total, { row }) => total + Number(row[name]), 0);
    // Totals of causal/pathdata/expected.json; values are rounded to micros, half a micro each at most.
    expect(all).toHaveLength(10_000);
    expect(sum('conversions')).toBe(19_785);
    expect(sum('nulls')).toBe(68_602);
    expect(sum('value') / 1e6).toBeCloseTo(74_802.9716, 4);
    expect(result.state.rowsRejected).toBe(0);
  });
});

describe('a touch per row with its age', () => {
  test('touches are put in order, the journey counts once', async () => {
    const result = await readContent(
      'journey,channel,days_before_conversion,conversions,value\nu,B,-0.0,1,50\nv,C,2.0,0,0\nu,A,29.5,1,50\n',
    );
    expect(journeys(result)).toEqual([
      {
        key: 'u',
        touches: ['A', 'B'],
        ages: [29.5, 0],
        row: { date: null, conversions: 1, nulls: 0, value: 50_000_000n },
      },
      { key: 'v', touches: ['C'], ages: [2], row: { date: null, conversions: 0, nulls: 1, value: 0n } },
    ]);
  });

  test('a touch after the conversion is refused', async () => {
    const result = await readContent('journey,channel,days_before_conversion\nu,B,-1\nu,B,1\n');
    expect(result.errors.map(({ line, code }) => [line, code])).toEqual([[2, 'NEGATIVE']]);
  });

  const touches = golden('causal/rule_attribution/touches.csv');
  test.skipIf(!touches)('the golden touches come through', async () => {
    const all = journeys(await readContent(await readFile(touches!)));
    expect(all).toHaveLength(7);
    expect(all[1]).toMatchObject({ key: 'u2', touches: ['A', 'A', 'B', 'C', 'B'], ages: [29.5, 14, 7, 3, 0] });
    expect(all[6]?.ages[0]).toBe(13.999);
  });
});

describe('a touch per row with its time', () => {
  const header = 'user_id,channel,touched_at,converted_at,value';

  test('ages are counted to the conversion, whose day is the date', async () => {
    const result = await readContent(
      `${header}\nu,B,2024-01-09 12:00,2024-01-10 00:00,20\nu,A,2024-01-03 00:00,2024-01-10 00:00,20\n`,
    );
    expect(journeys(result)).toEqual([
      {
        key: 'u@2024-01-10T00:00:00.000Z',
        touches: ['A', 'B'],
        ages: [7, 0.5],
        row: { date: '2024-01-10', conversions: 1, nulls: 0, value: 20_000_000n },
      },
    ]);
  });

  test('times may be seconds or milliseconds since 1970', async () => {
    const result = await readContent(`${header}\nu,A,1704067200,1704153600000,5\n`);
    expect(journeys(result)[0]).toMatchObject({ ages: [1], row: { date: '2024-01-02' } });
  });

  test('without a conversion the last touch ends a journey that did not convert', async () => {
    const result = await readContent(`${header}\nu,A,2024-01-01,,\nu,B,2024-01-03,,\n`);
    expect(journeys(result)).toEqual([
      { key: 'u', touches: ['A', 'B'], ages: [2, 0], row: { date: '2024-01-03', conversions: 0, nulls: 1, value: 0n } },
    ]);
  });

  test('a person who converts twice has two journeys', async () => {
    const result = await readContent(`${header}\nu,A,2024-01-01,2024-01-02,5\nu,B,2024-02-01,2024-02-02,6\n`);
    expect(journeys(result).map(({ key }) => key)).toEqual([
      'u@2024-01-02T00:00:00.000Z',
      'u@2024-02-02T00:00:00.000Z',
    ]);
  });

  test('a touch after its conversion is refused', async () => {
    const result = await readContent(`${header}\nu,A,2024-01-03,2024-01-02,5\nu,A,2024-01-01,2024-01-02,5\n`);
    expect(result.errors.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 'touched_at', 'TOUCH_AFTER_CONVERSION'],
    ]);
  });

  test('touches of a journey may stand anywhere in the file', async () => {
    const rows = Array.from(
      { length: 6000 },
      (_, i) => `u${i % 3000},c${Math.floor(i / 3000)},2024-01-0${1 + Math.floor(i / 3000)},2024-01-05,1`,
    );
    const result = await readContent(`${header}\n${rows.join('\n')}\n`);
    const all = journeys(result);
    expect(all).toHaveLength(3000);
    expect(all.every(({ touches }) => touches.join() === 'c0,c1')).toBe(true);
    expect(result.batches).toHaveLength(2);
  });
});
