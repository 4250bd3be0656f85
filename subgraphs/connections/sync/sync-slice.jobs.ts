import { defineJob, type JobContext } from '@liftos/core/jobs/define-job.ts';
import type { Source } from '../platforms/connector.ts';
import { findConnector, streamOf } from '../platforms/registry.ts';
import { fileSettings } from '../upload/stored-file.ts';
import { sliceJobType } from './dispatch-slices.ts';
import { runLiveSlice } from './run-live-slice.ts';
import { replaySlice, isReplay } from './replay-slice.ts';
import { beginSlice, closeSlice, endSlice, type Work } from './slice-state.ts';
import { storePage } from './store-page.ts';

export interface SlicePayload {
  sliceId: string;
}

/** Reads one slice and stores it page by page; what was stored is not read again after a crash. */
export const sliceJob = defineJob<SlicePayload>({
  type: sliceJobType,
  // Crashes count as attempts; a slice must outlive some of them.
  maxAttempts: 12,
  retryDelaySeconds: 2,
  timeoutSeconds: 6 * 3600,
  concurrency: 6,
  async handler(context, { sliceId }) {
    const work = await beginSlice(context, sliceId);
    if (!work) return;
    if (isReplay(work.slice)) return replaySlice(context, work);
    if (work.slice.source !== 'live') return runLocalSlice(context, work);
    const connector = await findConnector(context, work.connection.platform);
    if (!connector) throw new Error(`There is no connector ${work.connection.platform}.`);
    await runLiveSlice(context, work, connector);
  },
  async onEnd(tx, { sliceId }, { state, code, message }) {
    // What went wrong inside is for the job's log, not for every reader.
    const reason = code === 'INTERNAL' ? 'Something went wrong inside; the log of its job says more.' : message;
    await closeSlice(tx, sliceId, { state: state === 'cancelled' ? 'CANCELLED' : 'FAILED', reason });
  },
});

/** Generated data and files: nothing to wait for, nobody to ask. */
async function runLocalSlice(context: JobContext, work: Work): Promise<void> {
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
  await endSlice(context, work);
}

async function sourceOf(context: JobContext, { run, connection }: Work): Promise<Source> {
  return {
    connectionId: connection.id,
    settings: run.plan ? await fileSettings(context, run.upload_id!, run.plan) : connection.settings,
    currency: connection.currency,
    timeZone: connection.time_zone,
  };
}
