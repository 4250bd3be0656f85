import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { tables } from '@liftos/core/context.ts';
import type { JobContext } from '@liftos/core/jobs/define-job.ts';
import { mapPage } from '../engine/map-page.pure.ts';
import { readBody } from '../engine/read-answer.pure.ts';
import type { Answer, Json, Slice, Stream } from '../platforms/connector.ts';
import { findConnector } from '../platforms/registry.ts';
import type { ConnectionsTables, LiveSettings, RawPageTable, SyncSliceTable } from '../tables.ts';
import { liveSlice } from './live-slice.ts';
import { endSlice, type Work } from './slice-state.ts';
import { storePage } from './store-page.ts';
import type { Turn } from './take-turns.ts';

const unpack = promisify(zstdDecompress);

interface ReplayCheckpoint {
  /** The slice whose answers are read again. */
  replayOf: string;
  nextPage: number;
  rows: number;
}

export function isReplay({ checkpoint }: SyncSliceTable): boolean {
  return typeof checkpoint === 'object' && checkpoint !== null && 'replayOf' in checkpoint;
}

/** The checkpoint from which a slice reads the stored answers of another one. */
export function replayOf(sliceId: string): ReplayCheckpoint {
  return { replayOf: sliceId, nextPage: 0, rows: 0 };
}

/** Applies today's mapping to the answers of an earlier slice, without asking the platform. */
export async function replaySlice(context: JobContext, work: Work, turn: Turn): Promise<Work | undefined> {
  const connector = await findConnector(context, work.connection.platform);
  const stream = connector?.live?.streams.find(({ name }) => name === work.slice.stream);
  if (!connector?.live || !stream) throw new Error(`There is no stream ${work.slice.stream}.`);
  const { values } = work.connection.settings as LiveSettings;
  const target = { version: connector.live.version, settings: values, extra: {} };
  const slice = await liveSlice(context, work, target, stream);
  let checkpoint = work.slice.checkpoint as ReplayCheckpoint;
  let place = work.slice.batches;
  for (;;) {
    const raw = await nextRaw(context, checkpoint);
    if (!raw) return endSlice(context, work, turn);
    const rows = rowsOf(stream, slice, raw, await unpack(raw.content));
    const mapped = mapPage(stream, rows, slice, checkpoint.rows + 1);
    checkpoint = { ...checkpoint, nextPage: raw.page + 1, rows: checkpoint.rows + rows.length };
    const { basis } = stream;
    await storePage(context, work, { ...mapped, ...(basis ? { basis } : {}), fraction: 0.5, checkpoint }, place);
    place += 1;
  }
}

function nextRaw(context: JobContext, { replayOf: id, nextPage }: ReplayCheckpoint): Promise<RawPageTable | undefined> {
  return tables<ConnectionsTables>(context)
    .selectFrom('connections.raw_page')
    .selectAll()
    .where('slice_id', '=', id)
    .where('page', '>=', nextPage)
    .orderBy('page')
    .limit(1)
    .executeTakeFirst();
}

function rowsOf(stream: Stream, slice: Slice, raw: RawPageTable, bytes: Buffer): readonly unknown[] {
  const at = raw.at as Json | null;
  const { as } = stream.request(slice, at, null);
  const read = readBody(bytes, as, raw.status);
  if (!read.ok) throw new Error(`A stored answer is broken: ${read.problem}.`);
  const answer: Answer = { status: raw.status, headers: {}, body: read.body };
  return stream.rows(answer, slice, at);
}
