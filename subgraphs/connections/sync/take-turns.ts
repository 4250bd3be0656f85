import { sql } from 'kysely';
import { Postpone, type JobContext } from '@liftos/core/jobs/define-job.ts';

/** A job works so long before it lets others go on that wait. */
const turnMs = 1_000;
/** Another slice is only begun within this time; what remains of the turn is for its pages. */
const beginMs = 400;

/** The time that a job has before others take their turn, so that nobody waits long for a first page. */
export class Turn {
  readonly #context: JobContext;
  #begun = performance.now();

  constructor(context: JobContext) {
    this.#context = context;
  }

  /** Whether the job may go on with another slice when it is done with one. What had to be repeated is left alone. */
  get mayGoOn(): boolean {
    return this.#context.job.attempt === 1 && performance.now() - this.#begun < beginMs;
  }

  /** To be called after each stored page: throws `Postpone` when the turn is over and others wait for a worker. */
  async givePlace(): Promise<void> {
    if (performance.now() - this.#begun < turnMs) return;
    const { rows } = await sql`
      select 1 from connections.sync_slice
      where state = 'QUEUED' and job_id is not null and waits_until is null limit 1`.execute(
      this.#context.runtime.database.system,
    );
    if (rows.length > 0) throw new Postpone(this.#context.now(), 'Others take their turn.');
    this.#begun = performance.now();
  }
}
