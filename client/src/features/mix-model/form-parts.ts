import type { SetStoreFunction } from 'solid-js/store';
import type { MixForm } from './mix-form.ts';
import type { MixPreviewQuery } from './mix-model.generated.ts';

/** What every part of the form needs. */
export interface FormParts {
  form: MixForm;
  change: SetStoreFunction<MixForm>;
  preview: MixPreviewQuery['mixModelPreview'] | undefined;
}

/** Value and label of the options of a choice. */
export type Options<Value extends string> = readonly (readonly [value: Value, label: string])[];
