import { defineSubgraph } from '@liftos/core/subgraph.ts';
import { activityResolvers } from './activity/activity.resolver.ts';
import { calendarResolvers } from './calendar/calendar.resolver.ts';
import { lineageResolvers } from './lineage/lineage.resolver.ts';
import { memoryPort } from './port/memory-port.ts';
import { memoryRoutes } from './port/memory-routes.ts';
import { recordResolvers } from './records/records.resolver.ts';
import { repeatWork } from './repeat-work.ts';
import { startDueRetention } from './retention/daily-run.ts';
import { retentionJob } from './retention/retention.jobs.ts';
import { retentionResolvers } from './retention/retention.resolver.ts';

export const memory = defineSubgraph({
  name: 'memory',
  folder: import.meta.dirname,
  resolvers: [calendarResolvers, recordResolvers, lineageResolvers, activityResolvers, retentionResolvers],
  jobs: [retentionJob],
  ports: () => ({ memory: memoryPort }),
  routes: () => memoryRoutes(memoryPort),
  onStart: async (runtime) => repeatWork(runtime, 600_000, startDueRetention),
});
