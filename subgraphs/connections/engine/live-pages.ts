import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Postpone } from '@liftos/core/jobs/define-job.ts';
import type { Failure, Json, Report, Slice, Stream } from '../platforms/connector.ts';
import type { ConnectionApi, Exchange } from './connection-api.ts';
import { noSums, RunningSums, type Sums } from './compare-totals.pure.ts';
import { mapPage, type MappedPage } from './map-page.pure.ts';
import { PlatformFailure } from './platform-failure.ts';

/** How far a slice is; plain data that is stored with each page. */
export interface LiveCheckpoint {
  /** Where the next page begins; null for the first. */
  at: Json | null;
  /** Whether the last page is stored. */
  done: boolean;
  /** Id of the report that the platform prepares or prepared. */
  report: Json | null;
  /** When it was asked for, in ms. */
  reportAskedAt: number;
  reportTries: number;
  pages: number;
  rows: number;
  /** What came in so far, to compare with the platform's own sums. */
  sums: Sums;
  /** Whether it was read again from the beginning, as its sums differed. */
  readAgain: boolean;
}

export const liveBeginning: LiveCheckpoint = {
  at: null,
  done: false,
  report: null,
  reportAskedAt: 0,
  reportTries: 0,
  pages: 0,
  rows: 0,
  sums: noSums,
  readAgain: false,
};

/** A page as it is stored; `mapped` and `exchange` are null for a step that brought no rows, e.g. asking for a report. */
export interface LivePage {
  mapped: MappedPage | null;
  exchange: Exchange | null;
  /** Where in the slice the page stands. */
  at: Json | null;
  checkpoint: LiveCheckpoint;
}

/** A platform that was asked for a report too often is asked again after a while, and so often at the most. */
const usualCoolDownSeconds = 1800;
const mostCoolDowns = 3;

/** Waits of at most so long are waited out; longer ones give the worker to others. */
const shortWaitSeconds = 1;

/**
 * The pages of a slice from a checkpoint on. While a page is being stored the next one is on its way.
 * Throws PlatformFailure, or `Postpone` while a report is being prepared.
 */
export async function* livePages(
  stream: Stream,
  slice: Slice,
  api: ConnectionApi,
  from: LiveCheckpoint,
  signal: AbortSignal,
): AsyncGenerator<LivePage> {
  let checkpoint = from;
  if (checkpoint.done) return;
  if (stream.report) {
    for await (const step of prepareReport(stream.report, slice, api, checkpoint, signal)) {
      checkpoint = step;
      yield { mapped: null, exchange: null, at: null, checkpoint };
    }
  }
  const running = new RunningSums(checkpoint.sums);
  let coming = ask(stream, slice, api, checkpoint);
  for (;;) {
    const exchange = await coming;
    const rows = stream.rows(exchange.answer, slice, checkpoint.at);
    const cutOff = stream.cutOff?.(exchange.answer, rows, slice);
    if (cutOff) throw new PlatformFailure({ class: 'too_much_data', message: cutOff });
    const at = stream.next(exchange.answer, slice, checkpoint.at);
    if (at !== null && isDeepStrictEqual(at, checkpoint.at)) {
      throw new PlatformFailure({ class: 'bad_request', message: 'The platform leads from a page to the same page.' });
    }
    const mapped = mapPage(stream, rows, slice, checkpoint.rows + 1);
    running.add(mapped.facts);
    const here = checkpoint.at;
    checkpoint = {
      ...checkpoint,
      at,
      done: at === null,
      pages: checkpoint.pages + 1,
      rows: checkpoint.rows + rows.length,
      sums: running.sums,
    };
    if (at !== null) {
      coming = ask(stream, slice, api, checkpoint);
      // Whoever takes the pages may stop before this one is looked at.
      coming.catch(() => undefined);
    }
    yield { mapped, exchange, at: here, checkpoint };
    if (at === null) return;
    signal.throwIfAborted();
  }
}

function ask(stream: Stream, slice: Slice, api: ConnectionApi, { at, report }: LiveCheckpoint): Promise<Exchange> {
  return api.exchange(stream.request(slice, at, report));
}

/** Asks for a report, whose id is then stored, and waits until it can be read. */
async function* prepareReport(
  report: Report,
  slice: Slice,
  api: ConnectionApi,
  from: LiveCheckpoint,
  signal: AbortSignal,
): AsyncGenerator<LiveCheckpoint> {
  let checkpoint = from;
  for (let polls = 0; ; polls += 1) {
    if (checkpoint.report === null) {
      const id = (await earlierReport(report, slice, api)) ?? report.id(await api.call(report.create(slice)));
      checkpoint = { ...checkpoint, report: id, reportAskedAt: slice.now.getTime() };
      yield checkpoint;
    }
    const found = report.state(await api.call(report.poll(slice, checkpoint.report)));
    if (found.state === 'done') {
      if (found.id !== undefined) checkpoint = { ...checkpoint, report: found.id };
      return yield checkpoint;
    }
    if (found.state === 'failed') {
      checkpoint = { ...checkpoint, report: null, reportTries: checkpoint.reportTries + 1 };
      const until = coolDown(found.failure, checkpoint);
      yield checkpoint;
      if (until) throw new Postpone(until, found.failure.message);
    } else await waitForReport(report, slice, checkpoint, polls, signal);
  }
}

/** A report that is there already; null when there is none, or the platform keeps no list. */
async function earlierReport({ earlier }: Report, slice: Slice, api: ConnectionApi): Promise<Json | null> {
  return earlier ? earlier.id(await api.call(earlier.request(slice)), slice) : null;
}

/** When a report may be asked for again after it failed; null for at once. Throws PlatformFailure when that is no use. */
function coolDown(failure: Failure, { reportTries: tries }: LiveCheckpoint): Date | null {
  const { class: meaning, message, waitSeconds = usualCoolDownSeconds } = failure;
  if (meaning !== 'rate_limit') {
    if (tries > 1) throw new PlatformFailure(failure);
    return null;
  }
  if (tries > mostCoolDowns) throw new PlatformFailure({ class: 'bad_request', message });
  return new Date(Date.now() + waitSeconds * 1000);
}

async function waitForReport(
  report: Report,
  slice: Slice,
  checkpoint: LiveCheckpoint,
  polls: number,
  signal: AbortSignal,
): Promise<void> {
  const waited = slice.now.getTime() - checkpoint.reportAskedAt;
  if (waited > report.giveUpMinutes * 60_000) {
    const message = `The report was not ready within ${report.giveUpMinutes} minutes.`;
    throw new PlatformFailure({ class: 'bad_request', message });
  }
  // Small reports are ready at once, so the first looks follow quickly.
  const seconds = Math.min(report.pollSeconds, 0.25 * 2 ** polls);
  if (seconds > shortWaitSeconds) {
    throw new Postpone(new Date(Date.now() + report.pollSeconds * 1000), 'The platform prepares a report.');
  }
  await pause(seconds * 1000, undefined, { signal });
}
