import type { Context } from '@liftos/core/context.ts';
import { loaderById, referenceById } from '@liftos/core/subgraph.ts';
import type {
  MutationAcceptBudgetPlanArgs,
  MutationSaveBudgetPlanArgs,
  QueryBudgetCurvesArgs,
  QueryBudgetPlanArgs,
  QueryBudgetPlansArgs,
  QueryCompareBudgetPlansArgs,
  QuerySavedBudgetPlanArgs,
  SubscriptionBudgetPlanChangesArgs,
} from '../schema.generated.ts';
import { acceptPlan, computePlan, keepPlan, planCurves } from './budget.service.ts';
import { plannableModels } from './plan-models.view.ts';
import { comparedPlans, followPlans, lastAccepted, listPlans, plansById } from './budget.view.ts';

export const budgetResolvers = {
  Query: {
    planModels: (_: unknown, __: unknown, context: Context) => plannableModels(context),
    budgetPlan: (_: unknown, { input }: QueryBudgetPlanArgs, context: Context) => computePlan(context, input),
    budgetCurves: (_: unknown, { modelId, horizonDays, carryOver }: QueryBudgetCurvesArgs, context: Context) =>
      planCurves(context, modelId, horizonDays ?? 90, carryOver ?? 'WHOLE'),
    savedBudgetPlan: (_: unknown, { id }: QuerySavedBudgetPlanArgs, context: Context) =>
      loaderById(context, 'BudgetPlan', plansById).load(id),
    budgetPlans: (_: unknown, args: QueryBudgetPlansArgs, context: Context) => listPlans(context, args),
    acceptedBudgetPlan: (_: unknown, __: unknown, context: Context) => lastAccepted(context),
    compareBudgetPlans: (_: unknown, { ids }: QueryCompareBudgetPlansArgs, context: Context) =>
      comparedPlans(context, ids),
  },
  Mutation: {
    saveBudgetPlan: async (_: unknown, { name, input }: MutationSaveBudgetPlanArgs, context: Context) => ({
      plan: await keepPlan(context, name, input),
    }),
    acceptBudgetPlan: async (_: unknown, { id, note }: MutationAcceptBudgetPlanArgs, context: Context) => ({
      plan: await acceptPlan(context, id, note ?? null),
    }),
  },
  Subscription: {
    budgetPlanChanges: {
      subscribe: (_: unknown, args: SubscriptionBudgetPlanChangesArgs, context: Context) => followPlans(context, args),
      resolve: <T>(event: T): T => event,
    },
  },
  BudgetPlan: {
    __resolveReference: referenceById('BudgetPlan', plansById),
  },
};
