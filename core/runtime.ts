import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import type { Bus } from './events/bus.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Ports } from './ports/ports.ts';
import type { Logger } from './telemetry/log.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** What one process shares among all its requests and jobs. */
export interface Runtime {
  config: Config;
  database: Database;
  bus: Bus;
  jobs: Jobs;
  ports: Ports;
  log: Logger;
  metrics: Metrics;
  now: () => Date;
  startedAt: Date;
  version: string;
}
