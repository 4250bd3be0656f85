import type { FastifyInstance } from 'fastify';
import type { Metrics } from '@liftos/core/telemetry/metrics.ts';

/** What a gateway says about its own state. */
export interface Readiness {
  ready: boolean;
  /** One word per part, e.g. `database: ok`. */
  parts: Record<string, string>;
}

export interface OperationsOptions {
  metrics: Metrics;
  readiness(): Promise<Readiness>;
}

/** For those who run the server: is it alive, does it take requests, how is it doing. */
export function operationsRoutes(app: FastifyInstance, { metrics, readiness }: OperationsOptions): void {
  app.get('/health/live', async (_request, reply) => reply.header('cache-control', 'no-store').send({ alive: true }));
  app.get('/health/ready', async (_request, reply) => {
    const state = await readiness().catch((): Readiness => ({ ready: false, parts: { check: 'failed' } }));
    return reply
      .code(state.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(state);
  });
  app.get('/metrics', async (_request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .type(metrics.registry.contentType)
      .send(await metrics.registry.metrics()),
  );
}
