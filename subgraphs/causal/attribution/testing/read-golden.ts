import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { golden } from '@liftos/core/testing/golden.ts';
import type { Journeys } from '../journey-frame.pure.ts';
import { buildJourneys, type WrittenJourney } from './build-journeys.pure.ts';

/** A golden JSON file, or null where the golden data is absent. */
export function readGoldenJson<T>(path: string): T | null {
  const file = golden(path);
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}

/** The 10,000 customer paths of `pathdata`; they carry no times. */
export function readPathData(): Journeys | null {
  const file = golden('causal/pathdata/PathData.csv.gz');
  if (!file) return null;
  return buildJourneys(
    lines(gunzipSync(readFileSync(file)).toString()).map(([path, conversions, value, nulls]) => ({
      path: path!.split(' > '),
      conversions: Number(conversions),
      value: Number(value),
      nulls: Number(nulls),
    })),
  );
}

/** The seven timed journeys of `rule_attribution`. */
export function readTimedJourneys(): Journeys | null {
  const file = golden('causal/rule_attribution/touches.csv');
  if (!file) return null;
  const journeys = new Map<string, WrittenJourney & { path: string[]; ages: number[] }>();
  for (const [key, unit, age, conversions, value] of lines(readFileSync(file, 'utf8'))) {
    const journey = journeys.get(key!) ?? {
      path: [],
      ages: [],
      conversions: Number(conversions),
      value: Number(value),
    };
    journey.path.push(unit!);
    journey.ages.push(Number(age));
    journeys.set(key!, journey);
  }
  return buildJourneys([...journeys.values()]);
}

function lines(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}
