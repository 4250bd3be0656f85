import { sql } from 'kysely';
import { transaction } from '@liftos/core/create-context.ts';
import { Postpone, type JobContext } from '@liftos/core/jobs/define-job.ts';
import { apiFor, type ConnectionApi } from '../engine/connection-api.ts';
import { compareTotals, describeDifference } from '../engine/compare-totals.pure.ts';
import { liveBeginning, livePages, type LiveCheckpoint, type LivePage } from '../engine/live-pages.ts';
import type { Connector, Failure, Slice, Stream } from '../platforms/connector.ts';
import { tellFailure } from '../platforms/tell-failure.pure.ts';
import { keepDays, keepChecks } from './completeness.ts';
import { failureOf, leaveAlone } from './failures.ts';
import { holdConnection } from './hold.ts';
import { liveSlice } from './live-slice.ts';
import { fallBackToMock } from './fall-back.ts';
import { markBroken } from './mark-broken.ts';
import { closeSlice, endSlice, markWaiting, type Work } from './slice-state.ts';
import { splitSlice } from './split-slice.ts';
import { storePage, type StoredPage } from './store-page.ts';
import type { Turn } from './take-turns.ts';
import { withdrawMissing } from './withdraw-missing.ts';

/** So many attempts before the last a platform that is down is given up until the next sync; the others are for crashes. */
const spareAttempts = 7;

/**
 * Reads one slice of a platform and stores it page by page. What the platform answers decides how it goes on: later,
 * in smaller parts, or not at all; each ends in a state that says so.
 */
export async function runLiveSlice(
  context: JobContext,
  work: Work,
  connector: Connector,
  turn: Turn,
): Promise<Work | undefined> {
  const stream = connector.live?.streams.find(({ name }) => name === work.slice.stream);
  if (!stream) throw new Error(`${connector.name} has no stream ${work.slice.stream}.`);
  try {
    const api = await apiFor(context, work.connection, connector, { signal: context.signal });
    const slice = await liveSlice(context, work, api, stream);
    const reason = await readSlice(context, work, stream, slice, api, turn);
    if (reason === null) await withdrawMissing(context, work, stream);
    await keepDays(context, work, stream, slice, reason);
    return await endSlice(context, work, turn, reason);
  } catch (error) {
    if (error instanceof Postpone) {
      await markWaiting(context, work, error.until, error.message);
      throw error;
    }
    const failure = failureOf(error);
    if (!failure) throw error;
    await settleFailure(context, work, connector, stream, failure, error);
    return undefined;
  }
}

/** Stores the pages of a slice; what is not whole about it, or null. */
async function readSlice(
  context: JobContext,
  work: Work,
  stream: Stream,
  slice: Slice,
  api: ConnectionApi,
  turn: Turn,
): Promise<string | null> {
  let checkpoint = (work.slice.checkpoint as LiveCheckpoint | null) ?? liveBeginning;
  let place = work.slice.batches;
  if (place > 0) context.logLine('info', `Goes on behind page ${place}.`);
  for await (const page of livePages(stream, slice, api, checkpoint, context.signal)) {
    ({ checkpoint } = page);
    await storePage(context, work, storedPage(page, stream), place);
    place += 1;
    context.progress(fractionOf(checkpoint));
    const seconds = api.holdBackSeconds();
    if (seconds > 0) await holdConnection(context, work.connection.id, seconds, 'The platform is near its limit.');
    if (!checkpoint.done) await turn.givePlace();
  }
  return checkTotals(context, work, stream, slice, api, checkpoint);
}

const noRows = { batches: [], entities: [], refused: [], rowsRead: 0, rowsAccepted: 0, rowsRejected: 0 };

function storedPage({ mapped, exchange, at, checkpoint }: LivePage, { basis }: Stream): StoredPage {
  const raw = exchange && { request: exchange.line, at, status: exchange.answer.status, bytes: exchange.bytes };
  return {
    ...(mapped ?? noRows),
    ...(basis ? { basis } : {}),
    ...(raw ? { raw } : {}),
    fraction: fractionOf(checkpoint),
    checkpoint,
  };
}

/** Nobody knows how many pages there will be; each makes the rest seem smaller. */
function fractionOf({ done, pages }: LiveCheckpoint): number {
  return done ? 1 : pages / (pages + 2);
}

/**
 * Compares what came in with the platform's own sums. A difference may come from changes while the pages were read:
 * then the slice is read once more from its beginning, which changes nothing that is right. What differs still, or null.
 */
async function checkTotals(
  context: JobContext,
  work: Work,
  { totals }: Stream,
  slice: Slice,
  api: ConnectionApi,
  { sums, readAgain }: LiveCheckpoint,
): Promise<string | null> {
  if (!totals) return null;
  const theirs = totals.read(await api.call(totals.request(slice)), slice);
  const compared = compareTotals(sums, theirs);
  const difference = describeDifference(compared);
  if (difference && !readAgain) {
    await startAgain(context, work);
    throw new Postpone(context.now(), difference);
  }
  await keepChecks(context, work, compared);
  return difference;
}

/** Puts a slice back to its beginning. */
async function startAgain(context: JobContext, { slice }: Work): Promise<void> {
  const checkpoint: LiveCheckpoint = { ...liveBeginning, readAgain: true };
  await sql`delete from connections.raw_page where slice_id = ${slice.id}`.execute(context.db);
  await sql`
    update connections.sync_slice set checkpoint = ${JSON.stringify(checkpoint)}::jsonb, batches = 0,
      rows_read = 0, rows_accepted = 0, rows_rejected = 0
    where id = ${slice.id} and attempts = ${slice.attempts}`.execute(context.db);
}

/** What becomes of a slice that the platform did not answer as hoped. Throws to have the attempt repeated. */
async function settleFailure(
  context: JobContext,
  work: Work,
  connector: Connector,
  stream: Stream,
  failure: Failure,
  error: unknown,
): Promise<void> {
  context.logLine('warn', `${failure.class}: ${failure.message}`);
  if (failure.class === 'rate_limit') {
    const limited = await leaveAlone(context, work.connection.id, failure);
    await markWaiting(context, work, limited.until, failure.message);
    throw limited;
  }
  if (failure.class === 'transient' && context.job.attempt < context.job.maxAttempts - spareAttempts) throw error;
  if (failure.class === 'too_much_data' && (await splitSlice(context, work, stream))) return;
  const reason = tellFailure(failure, connector, stream);
  await keepDays(context, work, stream, null, reason);
  await transaction(context, async (tx) => {
    if (failure.class === 'auth') await markBroken(tx, work.connection.id, reason);
    if (work.connection.mode === 'HYBRID') await fallBackToMock(tx, work, connector);
    await closeSlice(tx, work.slice.id, { state: 'FAILED', reason, failure: failure.class });
  });
}
