import type { Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { quotaExceeded } from './errors.pure.ts';
import type { AmazonDouble } from './state.ts';

interface Operation {
  name: string;
  method: string;
  path: RegExp;
  /** Calls a second. */
  rate: number;
  burst: number;
}

const operations: readonly Operation[] = [
  { name: 'participations', method: 'GET', path: /^\/sellers\//, rate: 0.016, burst: 15 },
  { name: 'orderMetrics', method: 'GET', path: /^\/sales\//, rate: 0.5, burst: 15 },
  { name: 'searchOrders', method: 'GET', path: /^\/orders\//, rate: 0.0056, burst: 20 },
  { name: 'transactions', method: 'GET', path: /^\/finances\//, rate: 0.5, burst: 10 },
  { name: 'createReport', method: 'POST', path: /\/reports$/, rate: 0.0167, burst: 15 },
  { name: 'getReports', method: 'GET', path: /\/reports$/, rate: 0.0222, burst: 10 },
  { name: 'getReport', method: 'GET', path: /\/reports\/[^/]+$/, rate: 2, burst: 15 },
  { name: 'getReportDocument', method: 'GET', path: /\/documents\/[^/]+$/, rate: 0.0167, burst: 15 },
];

export function operationOf({ method, url }: DoubleRequest): Operation | undefined {
  return operations.find((one) => one.method === method && one.path.test(url.pathname));
}

/**
 * A bucket of calls for each operation, filled again as time goes by. While the clock stands still none ever would be,
 * so that there are no limits then but the one that was asked for.
 */
export function takeCall(request: DoubleRequest, { state, clock, faults }: AmazonDouble): Answer | null {
  const operation = operationOf(request);
  if (!operation) return null;
  const { name, rate, burst } = operation;
  const most = faults.quota ?? (clock.isFixed ? Infinity : burst);
  const known = state.buckets.get(name) ?? { used: 0, at: clock.now() };
  const used = Math.max(0, known.used - ((clock.now() - known.at) / 1000) * rate) + 1;
  if (used > most) return quotaExceeded(rate);
  state.buckets.set(name, { used, at: clock.now() });
  return null;
}
