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

/** Throws BAD_USER_INPUT naming the first field that cannot be used. */
export function checkInput(input: EvaluateLiftInput): void {
  if (Boolean(input.records) === Boolean(input.panel)) {
    throw badInput('input', 'Give either records or a panel.');
  }
  const { level, seed, causalImpact, syntheticControl, spendChange, name, records } = input;
  const wrong = [
    within(level, 0.5, 0.999) || (['level', 'The level of intervals lies between 0.5 and 0.999.'] as const),
    within(seed, 0, 2 ** 31, true) || (['seed', 'A seed is a whole number from 0.'] as const),
    within(causalImpact?.draws, 100, 20_000, true) || (['causalImpact.draws', 'Take 100 to 20,000 draws.'] as const),
    within(causalImpact?.seasons, 1, 366, true) || (['causalImpact.seasons', 'A cycle has 1 to 366 seasons.'] as const),
    within(causalImpact?.seasonLength, 1, 366, true) ||
      (['causalImpact.seasonLength', 'A season has 1 to 366 periods.'] as const),
    within(causalImpact?.levelSpread, 1e-6, 0.999) ||
      (['causalImpact.levelSpread', 'The spread lies between 0 and 1.'] as const),
    Number.isFinite(spendChange ?? 0) || (['spendChange', 'The change of spend must be a number.'] as const),
    (name?.length ?? 0) <= 200 || (['name', 'A name has 200 letters at most.'] as const),
    !syntheticControl?.predictors?.length ||
      syntheticControl.variant === 'PLAIN' ||
      (['syntheticControl.predictors', 'Predictors need the variant PLAIN.'] as const),
    !records || records.from < records.to || (['records.to', 'The last day must lie after the first.'] as const),
    !records?.connectionIds?.some((id) => !isId(id)) ||
      (['records.connectionIds', 'There is no such connection.'] as const),
  ].find((found) => found !== true);
  if (wrong) throw badInput(`input.${wrong[0]}`, wrong[1]);
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

function settingsOf(input: EvaluateLiftInput): LiftSettings {
  const { syntheticControl: synthetic, differences, causalImpact: impact } = input;
  return {
    method: input.method,
    level: input.level ?? 0.9,
    seed: input.seed ?? 1,
    refute: input.refute ?? true,
    synthetic: {
      variant: synthetic?.variant ?? 'RIDGE',
      fixedEffects: synthetic?.fixedEffects ?? true,
      permutations: synthetic?.permutations ?? 'SHIFTS',
      predictors: (synthetic?.predictors ?? []).map(({ covariate, from, to }) => ({
        covariate: covariate ?? null,
        from,
        to,
      })),
    },
    differences: {
      aggregation: differences?.aggregation ?? 'GROUP',
      controlGroup: differences?.controlGroup ?? 'NEVER_TREATED',
    },
    impact: {
      draws: impact?.draws ?? 1000,
      trend: impact?.trend ?? false,
      seasons: impact?.seasons ?? 1,
      seasonLength: impact?.seasonLength ?? 1,
      levelSpread: impact?.levelSpread ?? 0.01,
    },
  };
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
