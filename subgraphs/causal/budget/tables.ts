import type { JSONColumnType } from 'kysely';
import type { PlanAnswer } from './answer-plan.pure.ts';
import type { PlanSettings } from './plan-settings.pure.ts';

/** An answer as it is kept: with the version of what computed it. */
export type KeptAnswer = PlanAnswer & { readonly codeVersion: string };

export interface BudgetTables {
  'causal.budget_plan': {
    organization_id: string;
    id: string;
    name: string;
    model_id: string;
    settings: JSONColumnType<PlanSettings>;
    answer: JSONColumnType<KeptAnswer>;
    mock: boolean;
    code_version: string;
    created_at: Date;
    created_by: string;
    accepted_at: Date | null;
    accepted_by: string | null;
    note: string | null;
  };
}
