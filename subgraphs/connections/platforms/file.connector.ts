import type { ImportPlan } from '../csv/import-plan.pure.ts';
import type { ReadState } from '../csv/read-batches.ts';
import { readFile } from '../csv/read-file.ts';
import { defineConnector } from './connector.ts';
import type { LocalPage, LocalSlice, LocalSource } from './local-stream.ts';

/** The file behind an import; the sync engine puts it together from the run. */
export interface FileSettings {
  path: string;
  bytes: number;
  plan: ImportPlan;
}

interface Checkpoint {
  /** Batches of the file that are stored. */
  skip: number;
  state: ReadState;
}

const beginning: Checkpoint = {
  skip: 0,
  state: { rowsRead: 0, rowsAccepted: 0, rowsRejected: 0, bytesRead: 0, duplicates: 0, rounded: 0 },
};

/** A file is read into the same batches each time, so an import goes on by leaving out those that are stored. */
async function* filePages(slice: LocalSlice, source: LocalSource, signal: AbortSignal): AsyncGenerator<LocalPage> {
  const { path, bytes, plan } = source.settings as FileSettings;
  let before = (slice.checkpoint as Checkpoint | null) ?? beginning;
  for await (const { index, data, errors, state } of readFile({ path, bytes, plan, skip: before.skip }, signal)) {
    yield {
      data,
      refused: errors,
      rowsRead: state.rowsRead - before.state.rowsRead,
      rowsAccepted: state.rowsAccepted - before.state.rowsAccepted,
      rowsRejected: state.rowsRejected - before.state.rowsRejected,
      fraction: bytes === 0 ? 1 : Math.min(1, state.bytesRead / bytes),
      checkpoint: { skip: index + 1, state },
      ...(data === null ? { notes: notesOf(state) } : {}),
    };
    before = { skip: index + 1, state };
  }
}

function notesOf({ duplicates, rounded }: ReadState): string[] {
  const notes: string[] = [];
  if (duplicates > 0) notes.push(`${duplicates} rows had the same key as an earlier row; the last one counts.`);
  if (rounded > 0) notes.push(`${rounded} numbers had more than six decimals and were rounded.`);
  return notes;
}

/** Files have no days to plan by; each import is one slice. */
const cursor = { lookbackDays: 0, windowDays: 0 };

export const fileSource = defineConnector({
  id: 'file',
  name: 'File upload',
  tier: null,
  category: 'file',
  summary: 'Records or customer journeys from a CSV file.',
  live: null,
  modes: ['FILE'],
  streams: [
    {
      name: 'records',
      kind: 'records',
      key: ['date', 'channel', 'campaign', 'adGroup', 'ad'],
      cursor,
      fetchPages: filePages,
    },
    { name: 'journeys', kind: 'journeys', key: ['key'], cursor, fetchPages: filePages },
  ],
});
