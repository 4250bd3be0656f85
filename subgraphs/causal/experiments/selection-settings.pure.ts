import type { RegionChoice } from './settings.pure.ts';

/** Everything but the data that a search for markets depends on. */
export interface SelectionSettings extends RegionChoice {
  readonly from: string;
  readonly to: string;
  readonly sizes: readonly number[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly untouched: readonly string[];
  readonly durations: readonly number[];
  readonly effects: readonly number[];
  readonly windows: number;
  readonly alpha: number;
  readonly power: number;
  readonly costPerIncremental: number;
  readonly budget: number | null;
  readonly share: { readonly from: number; readonly to: number };
}

/** The first thing wrong with settings: its field and why; null when they can be used. */
export function invalidSelection(settings: SelectionSettings): { field: string; reason: string } | null {
  const { sizes, durations, effects, share } = settings;
  const whole = (values: readonly number[], most: number): boolean =>
    values.length >= 1 &&
    values.length <= 12 &&
    values.every((value) => Number.isInteger(value) && value >= 1 && value <= most);
  const between = (value: number, low: number, high: number): boolean => value > low && value < high;
  const clash = settings.include.some((market) => settings.exclude.includes(market));
  const checks: [holds: boolean, field: string, reason: string][] = [
    [settings.from < settings.to, 'to', 'The last day must lie after the first.'],
    [whole(sizes, 500), 'sizes', 'Sizes are up to twelve whole numbers of markets.'],
    [whole(durations, 365), 'durations', 'Durations are up to twelve whole numbers of days.'],
    [effects.length >= 1 && effects.length <= 20, 'effects', 'Try up to twenty effects.'],
    [
      effects.every((effect) => effect > 0 && effect < Infinity) || effects.every((effect) => between(effect, -1, 0)),
      'effects',
      'Effects are all above 0, or, for a holdout, all between -1 and 0.',
    ],
    [whole([settings.windows], 200), 'windows', 'Try 1 to 200 windows of history.'],
    [between(settings.alpha, 0, 1), 'alpha', 'alpha lies between 0 and 1.'],
    [between(settings.power, 0, 1), 'power', 'The power lies between 0 and 1.'],
    [settings.costPerIncremental >= 0, 'costPerIncremental', 'A cost is not below 0.'],
    [settings.budget === null || settings.budget > 0, 'budget', 'A budget is above 0.'],
    [share.from >= 0 && share.from < share.to && share.to <= 1, 'shareTo', 'Shares go from 0 up to 1.'],
    [!clash, 'exclude', 'A market cannot be both included and excluded.'],
  ];
  const wrong = checks.find(([holds]) => !holds);
  return wrong ? { field: wrong[1], reason: wrong[2] } : null;
}
