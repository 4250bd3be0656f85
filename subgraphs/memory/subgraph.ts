import { defineSubgraph } from '@liftos/core/subgraph.ts';
import { activityResolvers } from './activity/activity.resolver.ts';
import { calendarResolvers } from './calendar/calendar.resolver.ts';
import { lineageResolvers } from './lineage/lineage.resolver.ts';
import { memoryPort } from './port/memory-port.ts';
import { memoryRoutes } from './port/memory-routes.ts';
import { recordResolvers } from './records/records.resolver.ts';

export const memory = defineSubgraph({
  name: 'memory',
  folder: import.meta.dirname,
  resolvers: [calendarResolvers, recordResolvers, lineageResolvers, activityResolvers],
  ports: () => ({ memory: memoryPort }),
  routes: () => memoryRoutes(memoryPort),
});
