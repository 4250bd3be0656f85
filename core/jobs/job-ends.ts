import type { Consumer } from '../events/consumers.ts';
import type { JobChange } from './change.ts';
import type { JobDefinition } from './define-job.ts';
import { jobsById } from './store.ts';

/** Runs `onEnd` of a subgraph's jobs that were cancelled in another process, which does not know it. */
export function jobEnds(subgraph: string, definitions: readonly JobDefinition<never>[]): Consumer {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]));
  return {
    name: `${subgraph}.job-ends`,
    topics: ['job.changed'],
    async handle(tx, { subjectId, payload }) {
      const { type, endPending } = payload as unknown as JobChange;
      const definition = byType.get(type);
      if (!endPending || !definition?.onEnd || !subjectId) return;
      const [job] = await jobsById(tx, [subjectId]);
      if (job?.error) await definition.onEnd(tx, job.payload as never, { state: 'cancelled', ...job.error });
    },
  };
}
