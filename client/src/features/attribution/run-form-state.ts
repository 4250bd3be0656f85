import { parseRange } from '../../ui/range.ts';
import type { AttributionModel, AttributionUnit, RunAttributionInput } from './attribution.generated.ts';
import { allModels } from './models.ts';

/** The settings of a run as they stand in the address; what is left out has its default. */
export interface RunSettings {
  models: AttributionModel[];
  windowDays: 1 | 7 | 14 | 30 | null;
  from: string | undefined;
  to: string | undefined;
  unit: AttributionUnit;
  markovOrder: 1 | 2 | 3;
  halfLifeDays: number;
  includeNulls: boolean;
  mock: boolean;
}

export const windows = [1, 7, 14, 30, null] as const;

const units: readonly AttributionUnit[] = ['CHANNEL', 'CAMPAIGN', 'CHANNEL_AND_CAMPAIGN'];

type Params = Record<string, string | undefined>;

function readModels(text: string | undefined): AttributionModel[] {
  const asked = new Set((text ?? '').toUpperCase().split('.'));
  const found = allModels.filter((model) => asked.has(model));
  return found.length > 0 ? found : [...allModels];
}

function unitOfText(text: string | undefined): string | undefined {
  return text?.toUpperCase().replaceAll('-', '_');
}

function oneOf<Value>(values: readonly Value[], wanted: unknown, otherwise: Value): Value {
  return values.find((value) => String(value) === String(wanted)) ?? otherwise;
}

/** Reads settings; anything that is not allowed falls back to its default. */
export function readSettings(params: Params): RunSettings {
  const halfLife = Number(params['halflife']);
  return {
    models: readModels(params['models']),
    windowDays: oneOf<RunSettings['windowDays']>([1, 7, 14, 30], params['window'], null),
    from: params['from'],
    to: params['to'],
    unit: oneOf(units, unitOfText(params['unit']), 'CHANNEL'),
    markovOrder: oneOf([1, 2, 3] as const, params['order'], 1),
    halfLifeDays: halfLife > 0 && halfLife <= 365 ? halfLife : 7,
    includeNulls: params['nulls'] !== 'no',
    mock: params['source'] === 'mock',
  };
}

/** Writes settings; defaults are left out, so that addresses stay short. */
export function writeSettings(settings: RunSettings): Record<string, string | null> {
  const { models, windowDays, unit, markovOrder, halfLifeDays, includeNulls, mock } = settings;
  const or = (value: unknown, initial: unknown): string | null => (value === initial ? null : String(value));
  return {
    models: models.length === allModels.length ? null : models.join('.').toLowerCase(),
    window: or(windowDays, null),
    from: settings.from ?? null,
    to: settings.to ?? null,
    unit: unit === 'CHANNEL' ? null : unit.toLowerCase().replaceAll('_', '-'),
    order: or(markovOrder, 1),
    halflife: or(halfLifeDays, 7),
    nulls: includeNulls ? null : 'no',
    source: mock ? 'mock' : null,
  };
}

/** The input of the mutation; `today` turns relative days into fixed ones. */
export function toInput(settings: RunSettings, today: string): RunAttributionInput {
  const range = parseRange(settings.from, settings.to, today);
  return {
    models: settings.models,
    windowDays: settings.windowDays,
    from: range?.from ?? null,
    to: range?.to ?? null,
    unit: settings.unit,
    markovOrder: settings.markovOrder,
    includeNulls: settings.includeNulls,
    halfLifeDays: settings.halfLifeDays,
    mock: settings.mock,
  };
}
