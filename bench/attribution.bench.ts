import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { creditByMarkov } from '@liftos/causal/attribution/credit-by-markov.pure.ts';
import type { Journeys } from '@liftos/causal/attribution/journey-frame.pure.ts';
import { generateJourneys } from '@liftos/causal/attribution/testing/generate-journeys.pure.ts';
import { attributeStored } from './attribution-from-store.ts';
import type { BenchResult } from './bench-result.ts';

const journeyCount = 1_000_000;
const runs = 9;
/** Median of the numpy reference on the machine where it was first measured; the bar where numpy is missing. */
const measuredElsewhere = 57;
const mostAnswer = 3000;
const mostDelay = 50;
/** Credits of the two programs may differ by rounding only. */
const sameWithin = 1e-6;

interface Measured {
  milliseconds: number;
  credits: number[];
}

/** Markov attribution of a million journeys beside numpy, and the whole way from stored journeys to the answer. */
export async function run(): Promise<BenchResult[]> {
  const journeys = generateJourneys(journeyCount);
  return [compareWithNumpy(journeys), ...(await answerFromStore(journeys))];
}

function compareWithNumpy(journeys: Journeys): BenchResult {
  const name = 'attribution: Markov order 1 with 12 removals, 1M journeys';
  const ours = measure(journeys);
  const numpy = runNumpy(journeys);
  if (!numpy) {
    const bar = `numpy is not installed here; value <= ${measuredElsewhere} ms`;
    const holds = ours.milliseconds <= measuredElsewhere;
    return {
      name,
      value: ours.milliseconds,
      unit: 'ms',
      reference: null,
      referenceValue: null,
      ratio: null,
      bar,
      holds,
    };
  }
  const same = ours.credits.every((credit, unit) => Math.abs(credit - numpy.credits[unit]!) <= sameWithin);
  const ratio = ours.milliseconds / numpy.milliseconds;
  return {
    name,
    value: ours.milliseconds,
    unit: 'ms',
    reference: 'numpy, the same computation',
    referenceValue: numpy.milliseconds,
    ratio,
    bar: 'ratio <= 1, equal credits',
    holds: same && ratio <= 1,
  };
}

async function answerFromStore(journeys: Journeys): Promise<BenchResult[]> {
  const { answerMillis, loopDelayMillis } = await attributeStored(journeys);
  const alone = { reference: null, referenceValue: null, ratio: null, unit: 'ms' };
  return [
    {
      name: 'attribution: 1M stored journeys to the answer of seven models',
      value: answerMillis,
      ...alone,
      bar: `value <= ${mostAnswer} ms`,
      holds: answerMillis <= mostAnswer,
    },
    {
      name: 'attribution: event loop delay meanwhile, p99',
      value: loopDelayMillis,
      ...alone,
      bar: `value <= ${mostDelay} ms`,
      holds: loopDelayMillis <= mostDelay,
    },
  ];
}

function measure(journeys: Journeys): Measured {
  const times: number[] = [];
  let credits: number[] = [];
  for (let count = 0; count < runs; count++) {
    const begin = performance.now();
    const { conversions } = creditByMarkov(journeys, { order: 1, includeNulls: true });
    times.push(performance.now() - begin);
    credits = [...conversions];
  }
  return { milliseconds: times.sort((a, b) => a - b)[Math.floor(runs / 2)]!, credits };
}

/** Null where python3 or numpy is missing. */
function runNumpy(journeys: Journeys): Measured | null {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
  } catch {
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'liftos-bench-'));
  try {
    writeFileSync(join(folder, 'offsets.u32'), journeys.offsets);
    writeFileSync(join(folder, 'touches.u32'), journeys.touches);
    writeFileSync(join(folder, 'conversions.f64'), journeys.conversions);
    writeFileSync(join(folder, 'nulls.f64'), journeys.nulls);
    const script = join(import.meta.dirname, 'reference/markov_numpy.py');
    const output = execFileSync('python3', [script, folder, String(journeys.units.length), String(runs)]);
    return JSON.parse(output.toString()) as Measured;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
