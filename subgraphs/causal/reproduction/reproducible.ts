import type { Context } from '@liftos/core/context.ts';
import type { Outcome } from './compare-outcomes.pure.ts';

export type ReproducibleKind =
  | 'ATTRIBUTION_RUN'
  | 'BUDGET_PLAN'
  | 'EXPERIMENT'
  | 'LIFT_EVALUATION'
  | 'MARKET_SELECTION'
  | 'MIX_EXPLORATION'
  | 'MIX_MODEL';

/** A kind of stored result that can be computed again. */
export interface Reproducible {
  /** Throws NOT_FOUND, or CONFLICT when there is no result yet. */
  check(context: Context, id: string): Promise<void>;
  /**
   * Computes a result again from what is stored today, leaves the stored one as it is, and compares. Reports how far
   * it is, 0 to 1; ended by the context's signal. Throws as `check` does, and what the computation throws.
   */
  reproduce(context: Context, id: string, report: (fraction: number) => void): Promise<Outcome>;
}

/** Declares a kind by how a finished result is read and computed again. */
export function defineReproducible<Stored>(kind: {
  finished(context: Context, id: string): Promise<Stored>;
  again(context: Context, stored: Stored, report: (fraction: number) => void): Promise<Outcome>;
}): Reproducible {
  return {
    async check(context, id) {
      await kind.finished(context, id);
    },
    async reproduce(context, id, report) {
      return kind.again(context, await kind.finished(context, id), report);
    },
  };
}
