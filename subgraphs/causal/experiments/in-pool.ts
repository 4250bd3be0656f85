import { runInPool } from '@liftos/core/worker-pool.ts';
import type { Design } from '../geo-lift/select-markets.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import type { GeoFindings, GeoQuestion } from './analyse-geo.pure.ts';
import { progressParts, type Answer, type SelectionTask } from './experiments.worker.ts';

const workerFile = new URL('./experiments.worker.ts', import.meta.url);
const reportMillis = 200;

/** Search markets in a worker thread; aborting the signal ends the thread at once. Throws the Problems of `selectMarkets`. */
export async function selectInPool(
  task: Omit<SelectionTask, 'progress'>,
  signal: AbortSignal,
  onProgress: (fraction: number) => void = () => undefined,
): Promise<Design[]> {
  const progress = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const parts = new Int32Array(progress);
  const timer = setInterval(() => onProgress(Atomics.load(parts, 0) / progressParts), reportMillis);
  try {
    return await withProblems(runInPool<Answer<Design[]>>(workerFile, 'select', { ...task, progress }, { signal }));
  } finally {
    clearInterval(timer);
  }
}

/** Evaluate a geo experiment in a worker thread. Throws the Problems of `analyseGeo`. */
export function evaluateInPool(question: GeoQuestion, signal: AbortSignal): Promise<GeoFindings> {
  return withProblems(runInPool<Answer<GeoFindings>>(workerFile, 'evaluate', question, { signal }));
}

async function withProblems<T>(work: Promise<Answer<T>>): Promise<T> {
  const answer = await work;
  if ('value' in answer) return answer.value;
  const { kind, message, details } = answer.problem;
  throw new Problem(kind, message, details);
}
