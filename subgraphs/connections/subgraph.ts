import { defineSubgraph } from '@liftos/core/subgraph.ts';
import { connectionResolvers } from './connection/connection.resolver.ts';
import { forgetJob } from './connection/connection.service.ts';
import { platformResolvers } from './platforms/platforms.resolver.ts';
import { startScheduler } from './sync/scheduler.ts';
import { sliceJob } from './sync/sync-slice.jobs.ts';
import { syncResolvers } from './sync/sync.resolver.ts';
import { startCleanUp } from './upload/clean-up.ts';
import { uploads } from './upload/receive.ts';
import { uploadResolvers } from './upload/upload.resolver.ts';
import { uploadRoutes } from './upload/upload.routes.ts';

export const connections = defineSubgraph({
  name: 'connections',
  folder: import.meta.dirname,
  resolvers: [platformResolvers, connectionResolvers, syncResolvers, uploadResolvers],
  jobs: [sliceJob, forgetJob],
  ports: () => ({ uploads }),
  routes: () => uploadRoutes,
  onStart: async (runtime) => {
    const stops = [startScheduler(runtime), startCleanUp(runtime)];
    return async () => {
      await Promise.all(stops.map((stop) => stop()));
    };
  },
});
