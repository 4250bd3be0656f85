import type { Context } from '@liftos/core/context.ts';
import type { HealthCheck } from '@liftos/core/health.ts';
import { liveHealth, readHealth } from './health.service.ts';

export const healthResolvers = {
  Query: {
    health: (_: unknown, __: unknown, context: Context) => readHealth(context),
  },
  Subscription: {
    healthChanged: {
      subscribe: (_: unknown, __: unknown, context: Context) => liveHealth(context),
      resolve: (health: unknown) => health,
    },
  },
  HealthCheck: {
    state: (check: HealthCheck) => check.state.toUpperCase(),
  },
};
