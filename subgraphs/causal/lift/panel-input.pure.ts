import type { LiftTreatment } from './lift-data.pure.ts';

/** A panel in long form as it is given and stored: one row per unit and period. */
export interface PanelInput {
  readonly units: readonly string[];
  readonly periods: readonly string[];
  readonly values: readonly (number | null)[];
  readonly covariates: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  readonly treatments: readonly LiftTreatment[];
  readonly controls: readonly string[] | null;
  readonly end: string | null;
  readonly valueName: string | null;
  readonly currency: string | null;
}
