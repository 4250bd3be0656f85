import type { Selectable } from 'kysely';
import { showRun, type RunKind } from '../runs/run-kind.ts';
import { assumptionsOf, concludeInWords } from './describe-mix.pure.ts';
import { priorsOf } from './mix-priors.pure.ts';
import { shownInputs } from './shown-inputs.pure.ts';
import type { StoredResult } from './store-result.pure.ts';
import type { MixModelColumns } from './tables.ts';

type Row = Selectable<MixModelColumns>;

/** A model as services and the graph see it. */
export type StoredMix = ReturnType<typeof showMix>;

/** Mix models as stored computations. */
export const mixModels: RunKind<MixModelColumns, StoredMix> = {
  table: 'causal.mix_model',
  topic: 'mixModel.changed',
  subjectKind: 'mixModel',
  noun: 'mix model',
  activity: 'Training',
  methods: 'mix.4',
  show: showMix,
};

/** The row as the graph names it. */
function showMix(row: Row) {
  const { choice, settings, inputs, result } = row;
  return {
    ...showRun(row),
    choice,
    settings,
    inputs: shownInputs(inputs, choice),
    sourceKinds: inputs?.sourceKinds ?? [],
    seed: settings.sampler.seed,
    priors: priorsOf(settings.model, inputs?.channels ?? [], choice.geo === 'REGION'),
    conclusion: concludeInWords({ choice, settings, inputs, result }),
    assumptions: assumptionsOf({ choice, settings }),
    ...shownResult(row),
  };
}

/** What the graph shows of a result, before there is one too. */
function shownResult({ result, warnings }: Row) {
  if (!result) {
    const none = { channels: [], series: [], dates: [], parameters: [], fit: null, experiments: [] };
    return { result, diagnosis: null, ...none, warnings };
  }
  const { summary, dates, parameters, fit } = result;
  return {
    result,
    diagnosis: shownDiagnosis(result),
    channels: summary?.channels ?? [],
    series: summary?.series ?? [],
    dates,
    parameters,
    fit,
    experiments: result.experiments.map((one) => ({ ...one, agrees: Math.abs(one.distance) <= 2 })),
    warnings: [...warnings, ...result.diagnosis.warnings],
  };
}

function shownDiagnosis({ diagnosis }: StoredResult) {
  return {
    ...diagnosis,
    ljungBoxP: diagnosis.ljungBox.p,
    channels: diagnosis.channels.map(({ closest, ...channel }) => ({
      ...channel,
      closest: closest?.name ?? null,
      closestCorrelation: closest?.correlation ?? null,
    })),
  };
}
