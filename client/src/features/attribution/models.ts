import { seriesColour } from '../../charts/series-colour.ts';
import type { AttributionModel, AttributionUnit } from './attribution.generated.ts';

export const allModels: readonly AttributionModel[] = [
  'FIRST_TOUCH',
  'LAST_TOUCH',
  'LINEAR',
  'TIME_DECAY',
  'POSITION_BASED',
  'MARKOV',
  'SHAPLEY',
];

export const modelNames: Record<AttributionModel, string> = {
  FIRST_TOUCH: 'First touch',
  LAST_TOUCH: 'Last touch',
  LINEAR: 'Linear',
  TIME_DECAY: 'Time decay',
  POSITION_BASED: 'Position based',
  MARKOV: 'Markov',
  SHAPLEY: 'Shapley',
};

export const unitNames: Record<AttributionUnit, string> = {
  CHANNEL: 'Channel',
  CAMPAIGN: 'Campaign',
  CHANNEL_AND_CAMPAIGN: 'Campaign of a channel',
};

export const shortNames: Record<AttributionModel, string> = {
  FIRST_TOUCH: 'First',
  LAST_TOUCH: 'Last',
  LINEAR: 'Linear',
  TIME_DECAY: 'Decay',
  POSITION_BASED: 'Position',
  MARKOV: 'Markov',
  SHAPLEY: 'Shapley',
};

/** What a model does, in one line. */
export const modelHints: Record<AttributionModel, string> = {
  FIRST_TOUCH: 'All credit to the first touch',
  LAST_TOUCH: 'All credit to the last touch',
  LINEAR: 'Equal credit to every touch',
  TIME_DECAY: 'More credit the closer to the conversion',
  POSITION_BASED: '40 % first, 40 % last, the rest between',
  MARKOV: 'Conversions lost when a channel is removed',
  SHAPLEY: 'Fair share over all coalitions of channels',
};

// Which of the eight series colours a model has everywhere. The two that people look at most get the most distinct
// ones; the dark red that resembles an error is left out.
const slots: Record<AttributionModel, number> = {
  MARKOV: 0,
  LAST_TOUCH: 1,
  SHAPLEY: 2,
  LINEAR: 3,
  TIME_DECAY: 4,
  POSITION_BASED: 6,
  FIRST_TOUCH: 7,
};

/** The place of a model's colour among the series colours. */
export function modelColour(model: AttributionModel): string {
  return seriesColour(slots[model]);
}

/** The place of a model's shape. */
export function modelShape(model: AttributionModel): number {
  return allModels.indexOf(model);
}
