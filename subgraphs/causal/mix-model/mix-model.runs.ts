import type { Selectable } from 'kysely';
import { showRun, type RunKind } from '../runs/run-kind.ts';
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
  methods: 'mix.2',
  show: showMix,
};

/** The row as the graph names it. */
function showMix(row: Row) {
  return { ...showRun(row), choice: row.choice, settings: row.settings, inputs: row.inputs, ...shownResult(row) };
}

/** What the graph shows of a result, before there is one too. */
function shownResult({ result, warnings }: Row) {
  if (!result) return { result, diagnosis: null, channels: [], series: [], dates: [], parameters: [], warnings };
  const { summary, dates, parameters } = result;
  return {
    result,
    diagnosis: { ...result.diagnosis, ljungBoxP: result.diagnosis.ljungBox.p },
    channels: summary?.channels ?? [],
    series: summary?.series ?? [],
    dates,
    parameters,
    warnings: [...warnings, ...result.diagnosis.warnings],
  };
}
