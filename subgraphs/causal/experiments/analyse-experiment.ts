import { createHash } from 'node:crypto';
import { tables, type Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { analyseAb, type Observation } from './analyse-ab.pure.ts';
import type { AnalysisInputs, ExperimentAnalysis } from './analysis.pure.ts';
import { observationsOfCampaigns } from './campaign-observations.pure.ts';
import { daysBetween, lastWholeDay } from './days.pure.ts';
import type { Experiment } from './experiment.view.ts';
import { evaluateInPool } from './in-pool.ts';
import { readRegions } from './read-regions.ts';
import type { AbSettings, GeoSettings } from './settings.pure.ts';
import type { ExperimentTables } from './tables.ts';

/** Grows when a change of the methods changes results. */
const methods = 'experiment.1';

/**
 * What an experiment shows with the figures of today. Null before its start. What figures cannot answer comes back as
 * the problem of the analysis. `stoppedEarly` is that of a stored result when it is computed again.
 */
export async function analyseExperiment(
  context: Context,
  experiment: Experiment,
  stoppedEarly: boolean = experiment.state === 'STOPPED',
): Promise<ExperimentAnalysis | null> {
  const { startedOn, endsOn, settings } = experiment;
  if (startedOn === null || endsOn === null) return null;
  const span = { startedOn, endsOn, stoppedEarly };
  const analysis = await (settings.kind === 'AB'
    ? analyseArms(context, experiment, settings, span)
    : analyseMarkets(context, experiment, settings, span));
  return { ...analysis, codeVersion: `${context.runtime.version}-${methods}` };
}

interface Span {
  readonly startedOn: string;
  readonly endsOn: string;
  readonly stoppedEarly: boolean;
}

type Analysis = Omit<ExperimentAnalysis, 'codeVersion'>;

async function analyseArms(
  context: Context,
  { id, abDesign }: Experiment,
  settings: AbSettings,
  span: Span,
): Promise<Analysis> {
  const { observations, sourceKinds, warnings } = await readArms(context, id, settings, span);
  const tuning = Math.max(2, 2 * (abDesign?.unitsPerArm ?? 2500));
  const found = analyseAb({ settings, observations, tuning });
  const days = observations.map(({ day }) => day).toSorted();
  const dataHash = createHash('sha256').update(JSON.stringify(observations)).digest('hex');
  return {
    ...found,
    final: !span.stoppedEarly && found.asOf !== null && found.asOf >= span.endsOn,
    stoppedEarly: span.stoppedEarly,
    cells: [],
    warnings: [...warnings, ...stopped(span), ...found.warnings],
    inputs: {
      rows: observations.length,
      firstDate: days[0] ?? null,
      lastDate: days.at(-1) ?? null,
      sourceKinds,
      currency: null,
      dataHash,
    },
  };
}

function stopped({ stoppedEarly }: Span): string[] {
  if (!stoppedEarly) return [];
  return ['The experiment was stopped before its planned end: only the always-valid result holds.'];
}

interface ReadArms {
  readonly observations: readonly Observation[];
  readonly sourceKinds: readonly string[];
  readonly warnings: readonly string[];
}

async function readArms(context: Context, id: string, settings: AbSettings, span: Span): Promise<ReadArms> {
  if (settings.source === 'POSTED') {
    const rows = await tables<ExperimentTables>(context)
      .selectFrom('causal.experiment_observation')
      .select(['metric', 'arm', 'day', 'n', 'sums'])
      .where('experiment_id', '=', id)
      .where('day', '<=', span.endsOn)
      .execute();
    // Sorted here, as databases sort text by rules of their own and the hash depends on the order.
    const key = ({ metric, arm, day }: Observation): string => JSON.stringify([metric, arm, day]);
    const observations = rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
    return { observations, sourceKinds: ['posted'], warnings: [] };
  }
  const records = await context.ports.memory.records(context, {
    from: span.startedOn,
    to: span.endsOn,
    sourceKinds: settings.mock ? ['mock'] : ['live', 'file'],
  });
  return observationsOfCampaigns(records, settings);
}

async function analyseMarkets(
  context: Context,
  { geoDesign }: Experiment,
  settings: GeoSettings,
  span: Span,
): Promise<Analysis> {
  const { from, channel, alpha } = settings;
  try {
    const to = [span.endsOn, lastWholeDay(context.now())].toSorted()[0]!;
    const { read, inputs } = await readRegions(context, settings, { from, to, channel });
    const end = inputs.lastDate;
    if (!geoDesign || end < span.startedOn) return emptyGeo(span, inputsOf(inputs), null);
    const final = !span.stoppedEarly && end >= span.endsOn;
    const { panel, spend } = read;
    const question = { cells: geoDesign.cells, untouched: geoDesign.untouched, alpha, final, plannedEnd: span.endsOn };
    const start = span.startedOn;
    const found = await evaluateInPool({ ...question, panel, spend, start, end }, context.signal);
    return {
      ...emptyGeo(span, inputsOf(inputs), null),
      asOf: end,
      days: daysBetween(start, end),
      final,
      cells: found.cells,
      conclusion: found.cells.map(({ conclusion }) => conclusion).join(' '),
      assumptions: found.assumptions,
      warnings: [...read.warnings, ...stopped(span), ...new Set(found.cells.flatMap(({ warnings }) => warnings))],
    };
  } catch (error) {
    if (error instanceof Problem) return emptyGeo(span, noInputs, error);
    if (error instanceof AppError && error.code === 'BAD_USER_INPUT') return emptyGeo(span, noInputs, error);
    throw error;
  }
}

const noInputs: AnalysisInputs = {
  rows: 0,
  firstDate: null,
  lastDate: null,
  sourceKinds: [],
  currency: null,
  dataHash: '',
};

function inputsOf({ regions, days, ...rest }: Awaited<ReturnType<typeof readRegions>>['inputs']): AnalysisInputs {
  const { firstDate, lastDate, sourceKinds, currency, dataHash } = rest;
  return { rows: regions.length * days, firstDate, lastDate, sourceKinds, currency, dataHash };
}

function emptyGeo({ stoppedEarly }: Span, inputs: AnalysisInputs, error: AppError | null): Analysis {
  const kind = error instanceof Problem ? error.kind : (error?.code ?? '');
  return {
    asOf: null,
    days: 0,
    final: false,
    stoppedEarly,
    arms: [],
    sampleRatio: null,
    metrics: [],
    cells: [],
    problem: error && { code: kind, field: 'markets', message: error.message },
    conclusion: error ? error.message : 'No figures of the days of the test have arrived yet.',
    assumptions: [],
    warnings: [],
    inputs,
  };
}
