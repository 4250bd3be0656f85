import { defineSubgraph } from '@liftos/core/subgraph.ts';
import { connectionResolvers } from './connection/connection.resolver.ts';
import { forgetJob } from './connection/connection.service.ts';
import { startCredentialCare } from './credentials/care.ts';
import { checkConfiguredKeys } from './credentials/key-ring.ts';
import { keyResolvers } from './credentials/keys.resolver.ts';
import { rotateJob } from './credentials/rotate-keys.ts';
import { customResolvers } from './custom/custom.resolver.ts';
import { dashboardResolvers } from './dashboard/dashboard.resolver.ts';
import { closePlatformHttp } from './engine/platform-http.ts';
import { loginPort } from './oauth/finish-login.ts';
import { oauthResolvers } from './oauth/oauth.resolver.ts';
import { oauthRoutes } from './oauth/oauth.routes.ts';
import { integrationJob } from './integration/integration.jobs.ts';
import { integrationResolvers } from './integration/integration.resolver.ts';
import { platformResolvers } from './platforms/platforms.resolver.ts';
import { startForgettingOld } from './connection/retention.ts';
import { startScheduler } from './sync/scheduler.ts';
import { startForgettingRaw } from './sync/forget-raw.ts';
import { planJob } from './sync/plan-sync.jobs.ts';
import { sliceJob } from './sync/sync-slice.jobs.ts';
import { syncResolvers } from './sync/sync.resolver.ts';
import { startCleanUp } from './upload/clean-up.ts';
import { uploads } from './upload/receive.ts';
import { uploadResolvers } from './upload/upload.resolver.ts';
import { uploadRoutes } from './upload/upload.routes.ts';
import { startWebhookCare } from './webhooks/care.ts';
import { drainJob } from './webhooks/drain.jobs.ts';
import { webhookPort } from './webhooks/receive.ts';
import { syncSoonJob } from './webhooks/sync-soon.jobs.ts';
import { webhookRoutes } from './webhooks/webhook.routes.ts';
import { webhookResolvers } from './webhooks/webhooks.resolver.ts';

export const connections = defineSubgraph({
  name: 'connections',
  folder: import.meta.dirname,
  resolvers: [
    platformResolvers,
    connectionResolvers,
    syncResolvers,
    dashboardResolvers,
    integrationResolvers,
    uploadResolvers,
    webhookResolvers,
    customResolvers,
    keyResolvers,
    oauthResolvers,
  ],
  jobs: [integrationJob, planJob, sliceJob, forgetJob, drainJob, syncSoonJob, rotateJob],
  ports: (runtime) => {
    checkConfiguredKeys(runtime.config);
    return { uploads, webhooks: webhookPort(runtime), logins: loginPort(runtime) };
  },
  routes: (runtime) => ({ ...uploadRoutes, ...webhookRoutes(runtime), ...oauthRoutes(runtime) }),
  onStart: async (runtime) => {
    const stops = [
      startScheduler(runtime),
      startCleanUp(runtime),
      startForgettingRaw(runtime),
      startForgettingOld(runtime),
      startWebhookCare(runtime),
      startCredentialCare(runtime),
    ];
    return async () => {
      await Promise.all(stops.map((stop) => stop()));
      await closePlatformHttp(runtime);
    };
  },
});
