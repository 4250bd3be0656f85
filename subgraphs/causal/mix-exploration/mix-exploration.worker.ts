import { exploreStretch, type ExploreTask } from './explore-task.pure.ts';

/** Entry of the worker thread: draws and fits a stretch of candidates. */
export function explore(task: ExploreTask): ReturnType<typeof exploreStretch> {
  return exploreStretch(task);
}
