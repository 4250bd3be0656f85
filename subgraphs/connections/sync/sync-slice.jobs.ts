import { defineJob, type JobContext } from '@liftos/core/jobs/define-job.ts';
import type { LocalSource } from '../platforms/local-stream.ts';
import { findConnector, streamOf } from '../platforms/registry.ts';
import { fileSettings } from '../upload/stored-file.ts';
import { sliceJobType } from './dispatch-slices.ts';
import { runLiveSlice } from './run-live-slice.ts';
import { replaySlice, isReplay } from './replay-slice.ts';
import { beginSlice, closeSlice, endSlice, type Work } from './slice-state.ts';
import { storePage } from './store-page.ts';
import { Turn } from './take-turns.ts';

export interface SlicePayload {
  sliceId: string;
}

/**
 * Reads a slice and stores it page by page; what was stored is not read again after a crash. Within its turn the job goes
 * on with further slices of the run; its payload names the one that it is at.
 */
export const sliceJob = defineJob<SlicePayload>({
  type: sliceJobType,
  // Crashes count as attempts; a slice must outlive some of them.
  maxAttempts: 12,
  retryDelaySeconds: 2,
  timeoutSeconds: 6 * 3600,
  concurrency: 6,
  async handler(context, { sliceId }) {
    const turn = new Turn(context);
    let work = await beginSlice(context, sliceId);
    while (work) {
      const next = await runSlice(context, work, turn);
      if (next)
        context.logLine('info', `Goes on with slice ${next.slice.position + 1} of the sync, ${next.slice.stream}.`);
      work = next;
    }
  },
  async onEnd(tx, { sliceId }, { state, code, message }) {
    // What went wrong inside is for the job's log, not for every reader.
    const reason = code === 'INTERNAL' ? 'Something went wrong inside; the log of its job says more.' : message;
    await closeSlice(tx, sliceId, { state: state === 'cancelled' ? 'CANCELLED' : 'FAILED', reason });
  },
});

/** Reads a slice to its end; the one that the job goes on with, if any. */
async function runSlice(context: JobContext, work: Work, turn: Turn): Promise<Work | undefined> {
  if (isReplay(work.slice)) return replaySlice(context, work, turn);
  if (work.slice.source !== 'live') return runLocalSlice(context, work, turn);
  const connector = await findConnector(context, work.connection.platform);
  if (!connector) throw new Error(`There is no connector ${work.connection.platform}.`);
  return runLiveSlice(context, work, connector, turn);
}

/** Generated data and files: nothing to wait for, nobody to ask. */
async function runLocalSlice(context: JobContext, work: Work, turn: Turn): Promise<Work | undefined> {
  const { slice } = work;
  const stream = streamOf(work.connection.platform, slice.stream);
  const request = { stream: slice.stream, from: slice.first_day, to: slice.last_day, checkpoint: slice.checkpoint };
  let place = slice.batches;
  if (place > 0) context.logLine('info', `Goes on behind batch ${place}.`);
  for await (const page of stream.fetchPages(request, await sourceOf(context, work), context.signal)) {
    await storePage(context, work, { ...page, batches: page.data ? [page.data] : [] }, place);
    place += 1;
    context.progress(page.fraction);
  }
  return endSlice(context, work, turn);
}

async function sourceOf(context: JobContext, { run, connection }: Work): Promise<LocalSource> {
  return {
    connectionId: connection.id,
    settings: run.plan ? await fileSettings(context, run.upload_id!, run.plan) : connection.settings,
    currency: connection.currency,
    timeZone: connection.time_zone,
  };
}
