import { badInput } from '@liftos/core/errors.ts';
import type { Basis } from '@liftos/core/ports/memory.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { EvaluateLiftInput, LiftPanelInput, LiftRecordsInput } from '../schema.generated.ts';
import type { LiftSettings } from './lift-settings.pure.ts';
import type { PanelInput } from './panel-input.pure.ts';
import type { RecordsChoice } from './panel-of-records.pure.ts';

/** What was asked for, complete and checked. The rows of a panel are kept apart. */
export interface LiftChoice {
  readonly name: string | null;
  readonly settings: LiftSettings;
  readonly records: RecordsChoice | null;
  /** Over the whole treatment, as it was said. */
  readonly spendChange: number | null;
}

const basisOf: Record<string, Basis> = { CLAIMED: 'claimed', BOOKED: 'booked', PAID: 'paid' };

type Check = readonly [holds: boolean, field: string, reason: string];

/** Throws BAD_USER_INPUT naming the first field that cannot be used. */
export function checkInput(input: EvaluateLiftInput): void {
  if (Boolean(input.records) === Boolean(input.panel)) {
    throw badInput('input', 'Give either records or a panel.');
  }
  const checks = [...generalChecks(input), ...impactChecks(input.causalImpact), ...recordChecks(input.records)];
  const wrong = checks.find(([holds]) => !holds);
  if (wrong) throw badInput(`input.${wrong[1]}`, wrong[2]);
}

function generalChecks({ level, seed, syntheticControl, spendChange, name }: EvaluateLiftInput): Check[] {
  const predictors = (syntheticControl?.predictors ?? []).length;
  return [
    [within(level, 0.5, 0.999), 'level', 'The level of intervals lies between 0.5 and 0.999.'],
    [within(seed, 0, 2 ** 31, true), 'seed', 'A seed is a whole number from 0.'],
    [Number.isFinite(spendChange ?? 0), 'spendChange', 'The change of spend must be a number.'],
    [(name ?? '').length <= 200, 'name', 'A name has 200 letters at most.'],
    [
      predictors === 0 || syntheticControl?.variant === 'PLAIN',
      'syntheticControl.predictors',
      'Predictors need the variant PLAIN.',
    ],
    [predictors <= 30, 'syntheticControl.predictors', 'Name 30 predictors at most.'],
  ];
}

function impactChecks(impact: EvaluateLiftInput['causalImpact']): Check[] {
  return [
    [within(impact?.draws, 100, 20_000, true), 'causalImpact.draws', 'Take 100 to 20,000 draws.'],
    [within(impact?.seasons, 1, 366, true), 'causalImpact.seasons', 'A cycle has 1 to 366 seasons.'],
    [within(impact?.seasonLength, 1, 366, true), 'causalImpact.seasonLength', 'A season has 1 to 366 periods.'],
    [within(impact?.levelSpread, 1e-6, 0.999), 'causalImpact.levelSpread', 'The spread lies between 0 and 1.'],
  ];
}

function recordChecks(records: EvaluateLiftInput['records']): Check[] {
  if (!records) return [];
  const connections = records.connectionIds ?? [];
  return [
    [records.from < records.to, 'records.to', 'The last day must lie after the first.'],
    [connections.every((id) => isId(id)), 'records.connectionIds', 'There is no such connection.'],
  ];
}

function within(value: number | null | undefined, low: number, high: number, whole = false): boolean {
  if (value === null || value === undefined) return true;
  return value >= low && value <= high && (!whole || Number.isInteger(value));
}

/** The choice an input stands for, defaults filled in. */
export function choiceOf(input: EvaluateLiftInput): LiftChoice {
  return {
    name: input.name?.trim() || null,
    settings: settingsOf(input),
    records: input.records ? recordsOf(input.records) : null,
    spendChange: input.spendChange ?? null,
  };
}

const syntheticDefaults: Omit<LiftSettings['synthetic'], 'predictors'> = {
  variant: 'RIDGE',
  fixedEffects: true,
  permutations: 'SHIFTS',
};
const differenceDefaults: LiftSettings['differences'] = { aggregation: 'GROUP', controlGroup: 'NEVER_TREATED' };
const impactDefaults: LiftSettings['impact'] = {
  draws: 1000,
  trend: false,
  seasons: 1,
  seasonLength: 1,
  levelSpread: 0.01,
};

function settingsOf(input: EvaluateLiftInput): LiftSettings {
  const { syntheticControl, differences, causalImpact } = input;
  return {
    method: input.method,
    level: input.level ?? 0.9,
    seed: input.seed ?? 1,
    refute: input.refute ?? true,
    synthetic: {
      ...withDefaults(syntheticDefaults, syntheticControl),
      predictors: (syntheticControl?.predictors ?? []).map(({ covariate, from, to }) => ({
        covariate: covariate ?? null,
        from,
        to,
      })),
    },
    differences: withDefaults(differenceDefaults, differences),
    impact: withDefaults(impactDefaults, causalImpact),
  };
}

/** What was said of these settings, and their defaults where nothing was. */
function withDefaults<Settings extends object>(
  defaults: Settings,
  said: { readonly [Key in keyof Settings]?: Settings[Key] | null } | null | undefined,
): Settings {
  const keys = Object.keys(defaults) as (keyof Settings)[];
  return Object.fromEntries(keys.map((key) => [key, said?.[key] ?? defaults[key]])) as Settings;
}

function recordsOf(input: LiftRecordsInput): RecordsChoice {
  return {
    kpi: input.kpi ?? 'REVENUE',
    basis: basisOf[input.basis ?? 'CLAIMED']!,
    unit: input.unit ?? 'REGION',
    period: input.period ?? 'DAY',
    from: input.from,
    to: input.to,
    treated: input.treated,
    controls: input.controls ?? null,
    start: input.start,
    end: input.end ?? null,
    channels: input.channels ?? null,
    spendChannel: input.spendChannel ?? null,
    currency: input.currency ?? null,
    connectionIds: input.connectionIds ?? null,
    mock: input.mock ?? false,
  };
}

/** A panel as it is stored. */
export function panelInputOf(input: LiftPanelInput): PanelInput {
  return {
    units: input.units,
    periods: input.periods,
    values: input.values,
    covariates: (input.covariates ?? []).map(({ name, values }) => ({ name, values })),
    treatments: input.treatments.map(({ unit, start }) => ({ unit, start })),
    controls: input.controls ?? null,
    end: input.end ?? null,
    valueName: input.valueName ?? null,
    currency: input.currency ?? null,
  };
}
