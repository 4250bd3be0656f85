import type { Selectable } from 'kysely';
import { figure } from '../synthetic-control/describe-effect.pure.ts';
import { showRun, type RunKind } from '../runs/run-kind.ts';
import type { MarketSelectionColumns } from './tables.ts';

/** A search for markets as services and the graph see it. */
export type MarketSelection = ReturnType<typeof showSelection>;

/** Searches for markets as stored computations. */
export const marketSelections: RunKind<MarketSelectionColumns, MarketSelection> = {
  table: 'causal.market_selection',
  topic: 'marketSelection.changed',
  subjectKind: 'marketSelection',
  noun: 'market selection',
  activity: 'Selecting markets',
  methods: 'selection.1',
  show: showSelection,
};

/** The row as the graph names it. */
function showSelection(row: Selectable<MarketSelectionColumns>) {
  const { settings, inputs, designs, warnings } = row;
  return {
    ...showRun(row),
    experimentId: row.experiment_id,
    settings,
    inputs,
    designs,
    warnings,
    conclusion: row.state === 'SUCCEEDED' ? concludeFrom(row) : null,
    assumptions: [
      'Markets will move with each other as they did in the windows of history that were tried.',
      'An effect multiplies the outcome of the treated markets alike on every day of the test.',
      'People do not cross from one market to another in numbers that matter.',
    ],
  };
}

function concludeFrom({ designs, settings }: Selectable<MarketSelectionColumns>): string {
  const [best] = designs;
  if (!best) return 'No design keeps the budget.';
  const where = `${best.markets.join(', ')} for ${best.duration} days`;
  const wolf = `where nothing happened it would have claimed an effect in ${figure(100 * best.falsePositiveRate)} % of ${best.windows} windows of history`;
  if (best.detectable === null) {
    return `The best design treats ${where}, but finds none of the effects tried often enough; ${wolf}.`;
  }
  return `The best design treats ${where} and finds an effect of ${figure(100 * best.detectable)} % with a probability of at least ${figure(100 * settings.power)} %; ${wolf}.`;
}
