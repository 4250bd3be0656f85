import type { ArmsPlan } from '../ab/design-arms.pure.ts';
import type { Design as MarketDesign } from '../geo-lift/select-markets.pure.ts';
import type { RegionInputs } from './region-panel.pure.ts';

export interface AbDesigned {
  readonly kind: 'AB';
  readonly plan: ArmsPlan;
}

export type MarketMethod = 'CHOSEN' | 'PAIRED' | 'STRATIFIED';

export interface GeoCell {
  readonly name: string;
  readonly markets: readonly string[];
}

export interface GeoDesigned {
  readonly kind: 'GEO';
  readonly method: MarketMethod;
  readonly seed: number;
  readonly days: number;
  readonly cells: readonly GeoCell[];
  readonly controls: readonly string[];
  /** Neither treated nor controls. */
  readonly untouched: readonly string[];
  /** What was drawn from: pairs or strata; empty for chosen markets. */
  readonly groups: readonly (readonly string[])[];
  /** By cell: power on history. */
  readonly power: readonly MarketDesign[];
  readonly inputs: RegionInputs;
  readonly conclusion: string;
  readonly assumptions: readonly string[];
  readonly warnings: readonly string[];
}

export type ExperimentDesign = AbDesigned | GeoDesigned;
