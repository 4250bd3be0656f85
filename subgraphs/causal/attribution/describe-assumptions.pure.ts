import { unitNames, type AttributionModel, type AttributionSettings, type AttributionUnit } from './settings.pure.ts';

/** What the reader of a result must know about the data it came from. */
export interface Circumstances {
  readonly unit: AttributionUnit;
  readonly untimedJourneys: number;
  readonly nulls: number;
}

/** What a model takes for granted, in plain words; the last sentences depend on settings and data. */
export function describeAssumptions(
  model: AttributionModel,
  settings: AttributionSettings,
  circumstances: Circumstances,
): string[] {
  const unit = unitNames[circumstances.unit];
  return [...descriptions[model](settings, unit, circumstances), windowSentence(settings.windowDays)];
}

type Describe = (settings: AttributionSettings, unit: string, circumstances: Circumstances) => string[];

const descriptions: Record<AttributionModel, Describe> = {
  FIRST_TOUCH: (_, unit) => [
    `The ${unit} that opened the journey caused the conversion alone.`,
    'It says who is met first, not what would be lost without it.',
  ],
  LAST_TOUCH: (_, unit) => [
    `The ${unit} touched last caused the conversion alone.`,
    'It favours what catches demand that others created.',
  ],
  LINEAR: () => ['Every touch counts the same, repeats included.'],
  TIME_DECAY: ({ halfLifeDays }, _, { untimedJourneys }) => [
    `A touch counts half as much for every ${halfLifeDays} days it lies before the conversion.`,
    ...(untimedJourneys > 0
      ? ['Journeys without times count one day per touch, from the last one backwards; their true pace is unknown.']
      : []),
  ],
  POSITION_BASED: () => ['The first and the last touch carry 40 % each, those between share 20 %; two share equally.'],
  MARKOV: ({ markovOrder, includeNulls }, unit, { nulls }) => [
    markovOrder === 1
      ? `The next step depends on the present ${unit} only; repeats in a row count once.`
      : `The next step depends on the last ${markovOrder} touches only; equal states in a row count once.`,
    `Without a ${unit} every journey that reaches it ends without conversion; nobody finds another way.`,
    includeNulls && nulls > 0
      ? 'Journeys without conversion count as observed.'
      : `Journeys without conversion are left out, so only the order of touches tells ${unit}s apart.`,
  ],
  SHAPLEY: (_, unit) => [
    `A coalition of ${unit}s is worth the conversions of journeys that touched no other ${unit}.`,
    `Every ${unit} of a journey is equally needed: order, repeats and journeys without conversion do not matter.`,
  ],
};

function windowSentence(windowDays: number | null): string {
  if (windowDays === null) return 'Every recorded touch counts, however old.';
  const days = windowDays === 1 ? '1 day' : `${windowDays} days`;
  return `Only touches at most ${days} before the conversion count.`;
}
