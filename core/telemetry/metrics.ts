import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from '@prometheus-io/client';

/** Buckets in seconds for anything a person waits for. */
const latency = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** All metrics of a process. No label ever holds an organisation: their number is unbounded. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    /** Adds CPU, memory, event-loop delay and garbage collection of this process. */
    collectProcess: () => collectDefaultMetrics({ register: registry, prefix: 'liftos_' }),
    operations: new Histogram({
      name: 'liftos_graphql_operation_seconds',
      help: 'Duration of GraphQL operations at the gateway.',
      labelNames: ['type', 'outcome'],
      buckets: latency,
      registers,
    }),
    fetches: new Histogram({
      name: 'liftos_subgraph_fetch_seconds',
      help: 'Duration of requests to a subgraph.',
      labelNames: ['subgraph', 'outcome'],
      buckets: latency,
      registers,
    }),
    sockets: new Gauge({ name: 'liftos_websocket_connections', help: 'Open WebSocket connections.', registers }),
    subscriptions: new Gauge({ name: 'liftos_subscriptions', help: 'Open subscriptions of clients.', registers }),
    deliveries: new Counter({ name: 'liftos_subscription_events_total', help: 'Events sent to clients.', registers }),
    slowClients: new Counter({
      name: 'liftos_subscription_slow_total',
      help: 'Subscriptions ended because the client did not keep up.',
      registers,
    }),
    jobs: new Histogram({
      name: 'liftos_job_seconds',
      help: 'Duration of job attempts.',
      labelNames: ['type', 'outcome'],
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900],
      registers,
    }),
    webhooks: new Counter({
      name: 'liftos_webhooks_total',
      help: 'Webhook deliveries that arrived, by what their signature was worth.',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    webhookDeliveries: new Counter({
      name: 'liftos_webhook_deliveries_total',
      help: 'Webhook deliveries that were worked on.',
      labelNames: ['kind', 'state'],
      registers,
    }),
    ingested: new Counter({
      name: 'liftos_ingested_rows_total',
      help: 'Rows stored.',
      labelNames: ['stream'],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
