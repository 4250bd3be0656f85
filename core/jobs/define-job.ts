import type { Context } from '../context.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a job handler is given. Its `signal` aborts on cancel, time-out and shutdown. */
export interface JobContext extends Context {
  readonly job: { id: string; attempt: number; maxAttempts: number; subjectId: string | null };
  /** Says how far the job is, 0 to 1, and that it got on. Written at most four times a second. */
  progress(fraction: number): void;
  /**
   * Puts another payload in place of the job's, in the caller's transaction: from then on, an attempt that is repeated
   * and `onEnd` go by it. False, and nothing changes, when the job is being cancelled or is no longer this attempt's.
   */
  moveOn(tx: Context, payload: object): Promise<boolean>;
  /** Adds a line that people see in the job's log. */
  logLine(level: LogLevel, message: string): void;
}

export interface JobDefinition<P = unknown> {
  /** e.g. `connections.sync-slice`; names the queue. */
  type: string;
  /** Attempts without progress before the job has failed; 3 when absent. */
  maxAttempts?: number;
  /** An attempt that takes longer is aborted and counts as failed; 900 when absent. */
  timeoutSeconds?: number;
  /** Attempts of this type that run at once in a process; 2 when absent. */
  concurrency?: number;
  /** Seconds before the first retry, doubled for each further one; 1 when absent. */
  retryDelaySeconds?: number;
  handler(context: JobContext, payload: P): Promise<void>;
  /** Runs in a transaction when a job has failed for good or was cancelled, so that its subject can say so. */
  onEnd?(
    tx: Context,
    payload: P,
    outcome: { state: 'failed' | 'cancelled'; code: string; message: string },
  ): Promise<void>;
}

/** Declares a kind of background work. */
export function defineJob<P>(definition: JobDefinition<P>): JobDefinition<P> {
  return definition;
}

/** Thrown by a handler to run again at a time, without counting as a failed attempt, e.g. at a rate limit's reset. */
export class Postpone extends Error {
  readonly until: Date;

  constructor(until: Date, reason: string) {
    super(reason);
    this.name = 'Postpone';
    this.until = until;
  }
}
