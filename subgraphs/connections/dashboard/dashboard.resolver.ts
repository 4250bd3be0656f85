import type { Context } from '@liftos/core/context.ts';
import { dashboardOf } from './dashboard.view.ts';
import { healthLoader } from './health.view.ts';

export const dashboardResolvers = {
  Query: {
    connectionsDashboard: (_: unknown, __: unknown, context: Context) => dashboardOf(context),
  },
  Connection: {
    health: ({ id }: { id: string }, _: unknown, context: Context) => healthLoader(context).load(id),
  },
};
