import type { AttributionModel } from './attribution.generated.ts';

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

/** Its colour and shape are the model's everywhere. */
export function modelIndex(model: AttributionModel): number {
  return allModels.indexOf(model);
}
