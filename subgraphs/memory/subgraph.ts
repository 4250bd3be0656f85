import { defineSubgraph } from '@liftos/core/subgraph.ts';
import { activityResolvers } from './activity/activity.resolver.ts';
import { calendarResolvers } from './calendar/calendar.resolver.ts';
import { contextResolvers } from './context/context.resolver.ts';
import { cleanUpExports } from './export/clean-up.ts';
import { exportJob } from './export/export.jobs.ts';
import { exportResolvers } from './export/export.resolver.ts';
import { exportRoutes } from './export/export.routes.ts';
import { exportPort } from './export/open-export.ts';
import { itemResolvers } from './items/items.resolver.ts';
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
  resolvers: [
    calendarResolvers,
    recordResolvers,
    itemResolvers,
    contextResolvers,
    lineageResolvers,
    activityResolvers,
    retentionResolvers,
    exportResolvers,
  ],
  jobs: [retentionJob, exportJob],
  ports: () => ({ memory: memoryPort, exports: exportPort }),
  routes: () => ({ ...memoryRoutes(memoryPort), ...exportRoutes }),
  onStart: async (runtime) => {
    const stops = [repeatWork(runtime, 600_000, startDueRetention), repeatWork(runtime, 3_600_000, cleanUpExports)];
    return async () => {
      await Promise.all(stops.map((stop) => stop()));
    };
  },
});
