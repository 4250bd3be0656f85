import type { Runtime } from './runtime.ts';

export type HealthState = 'healthy' | 'degraded' | 'down';

export interface HealthCheck {
  /** e.g. `database`, `subgraph:memory`. */
  name: string;
  state: HealthState;
  latencyMillis: number | null;
  message: string | null;
  checkedAt: Date;
}

/** A probe slower than this counts as degraded. */
const slowMillis = 500;

/** A probe that has not answered by now counts as failed. */
const timeoutMillis = 2000;

/** Runs one probe against the clock. Never rejects. */
export async function probe(runtime: Runtime, name: string, work: () => Promise<unknown>): Promise<HealthCheck> {
  const start = performance.now();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('No answer in time.')), timeoutMillis);
  try {
    await Promise.race([work(), late]);
    const latencyMillis = performance.now() - start;
    const slow = latencyMillis > slowMillis;
    return check(runtime, name, slow ? 'degraded' : 'healthy', latencyMillis, slow ? 'Answers slowly.' : null);
  } catch (error) {
    return check(runtime, name, 'down', null, error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
  }
}

function check(
  runtime: Runtime,
  name: string,
  state: HealthState,
  latencyMillis: number | null,
  message: string | null,
): HealthCheck {
  return { name, state, latencyMillis, message, checkedAt: runtime.now() };
}
