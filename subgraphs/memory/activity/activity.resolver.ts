import type { Context } from '@liftos/core/context.ts';
import type { QueryActivityArgs, SubscriptionActivityFeedArgs } from '../schema.generated.ts';
import { activityPage, liveActivity } from './activity.view.ts';

export const activityResolvers = {
  Query: { activity: (_: unknown, args: QueryActivityArgs, context: Context) => activityPage(context, args) },
  Subscription: {
    activityFeed: {
      subscribe: (_: unknown, { after }: SubscriptionActivityFeedArgs, context: Context) =>
        liveActivity(context, after),
    },
  },
};
