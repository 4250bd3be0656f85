import type { RunColumns } from '../runs/run-kind.ts';
import type { ReproducibleKind } from './reproducible.ts';

export interface ReproductionColumns extends RunColumns {
  kind: ReproducibleKind;
  subject_id: string;
  identical: boolean | null;
  same_data: boolean | null;
  largest_difference: number | null;
}
