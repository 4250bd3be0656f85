import type { Selectable } from 'kysely';
import { shownInputs } from '../mix-model/shown-inputs.pure.ts';
import { showRun, type RunKind } from '../runs/run-kind.ts';
import type { MixExplorationColumns } from './tables.ts';

type Row = Selectable<MixExplorationColumns>;

/** A search as services and the graph see it. */
export type StoredExploration = ReturnType<typeof showExploration>;

/** Searches over mix models as stored computations. */
export const mixExplorations: RunKind<MixExplorationColumns, StoredExploration> = {
  table: 'causal.mix_exploration',
  topic: 'mixExploration.changed',
  subjectKind: 'mixExploration',
  noun: 'search',
  activity: 'The search',
  methods: 'explore.1',
  show: showExploration,
};

const assumptions = [
  'Carry-over fades by the same share every period, and curves are of Hill’s form.',
  'A candidate that fits well need not be right: candidates of equal error often disagree on what a channel does.',
  'Shares of effect near shares of spend are plausible, not proven.',
];

/** The row as the graph names it. */
function showExploration(row: Row) {
  const { choice, settings, inputs, result, warnings } = row;
  return {
    ...showRun(row),
    choice,
    settings,
    candidates: settings.candidates,
    seed: settings.seed,
    nonNegative: settings.nonNegative,
    inputs: shownInputs(inputs, choice),
    result,
    front: result?.front ?? [],
    others: result?.others ?? [],
    conclusion: result && concludeSearch(result.front, settings.candidates),
    assumptions,
    warnings,
  };
}

function concludeSearch(front: NonNullable<Row['result']>['front'], candidates: number): string {
  const errors = front.map(({ error }) => 100 * error);
  const range = `${Math.min(...errors).toFixed(1)} % to ${Math.max(...errors).toFixed(1)} %`;
  return `Of ${candidates} candidates ${front.length} are beaten by no other, with errors of ${range} of the range of the KPI; where they disagree on a channel, the data alone cannot tell.`;
}
