/** The seven models, in the order in which results are shown. */
export const attributionModels = [
  'FIRST_TOUCH',
  'LAST_TOUCH',
  'LINEAR',
  'TIME_DECAY',
  'POSITION_BASED',
  'MARKOV',
  'SHAPLEY',
] as const;

export type AttributionModel = (typeof attributionModels)[number];

/** Windows in days that a run may use. */
export const windows = [1, 7, 14, 30] as const;

export const maxMarkovOrder = 3;

export type AttributionUnit = 'CHANNEL' | 'CAMPAIGN' | 'CHANNEL_AND_CAMPAIGN';

/** One of a unit, in a sentence. */
export const unitNames: Record<AttributionUnit, string> = {
  CHANNEL: 'channel',
  CAMPAIGN: 'campaign',
  CHANNEL_AND_CAMPAIGN: 'campaign of a channel',
};

/** Settings of a run after defaults, as they are stored. */
export interface AttributionSettings {
  readonly models: readonly AttributionModel[];
  readonly windowDays: number | null;
  /** Conversion days, inclusive. */
  readonly from: string | null;
  readonly to: string | null;
  readonly unit: AttributionUnit;
  readonly markovOrder: number;
  readonly includeNulls: boolean;
  readonly halfLifeDays: number;
  readonly connectionIds: readonly string[] | null;
  readonly mock: boolean;
}

/** Input of a run as GraphQL delivers it. */
export type AttributionInput = {
  readonly [Key in keyof AttributionSettings]?: AttributionSettings[Key] | null;
};

/** A setting that cannot be used, and why. */
export interface InvalidSetting {
  readonly field: string;
  readonly reason: string;
}

const maxHalfLifeDays = 3650;
const maxConnections = 500;

/** Fill in defaults and sort the models; the first thing wrong is returned instead of settings. */
export function completeSettings(input: AttributionInput): AttributionSettings | InvalidSetting {
  const settings: AttributionSettings = {
    models: attributionModels.filter((model) => input.models?.includes(model) ?? true),
    windowDays: input.windowDays ?? null,
    from: input.from ?? null,
    to: input.to ?? null,
    unit: input.unit ?? 'CHANNEL',
    markovOrder: input.markovOrder ?? 1,
    includeNulls: input.includeNulls ?? true,
    halfLifeDays: input.halfLifeDays ?? 7,
    connectionIds: input.connectionIds ?? null,
    mock: input.mock ?? false,
  };
  return checks.map((check) => check(settings)).find((invalid) => invalid !== null) ?? settings;
}

const checks: readonly ((settings: AttributionSettings) => InvalidSetting | null)[] = [
  ({ models }) => unless(models.length > 0, 'models', 'Choose at least one model, or leave it out for all seven.'),
  ({ windowDays }) =>
    unless(
      windowDays === null || windows.some((days) => days === windowDays),
      'windowDays',
      `A window has ${windows.join(', ')} days; leave it out to take every touch.`,
    ),
  ({ markovOrder }) =>
    unless(
      Number.isInteger(markovOrder) && markovOrder >= 1 && markovOrder <= maxMarkovOrder,
      'markovOrder',
      `The order of the Markov model is 1 to ${maxMarkovOrder}.`,
    ),
  ({ halfLifeDays }) =>
    unless(
      halfLifeDays > 0 && halfLifeDays <= maxHalfLifeDays,
      'halfLifeDays',
      `The half-life is above 0 and at most ${maxHalfLifeDays} days.`,
    ),
  ({ from, to }) => unless(from === null || to === null || from <= to, 'to', 'The last day lies before the first.'),
  ({ connectionIds }) =>
    unless(
      connectionIds === null || (connectionIds.length > 0 && connectionIds.length <= maxConnections),
      'connectionIds',
      `Name 1 to ${maxConnections} connections, or leave it out for all.`,
    ),
];

function unless(holds: boolean, field: string, reason: string): InvalidSetting | null {
  return holds ? null : { field, reason };
}
