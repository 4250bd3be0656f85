import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Analysis } from './analyze-sample.pure.ts';
import { mappingProblems } from './guess-meaning.pure.ts';
import { inspectFile } from './inspect-file.ts';
import type { ImportPlan } from './import-plan.pure.ts';
import { readBatches, type ReadBatch, type ReadState } from './read-batches.ts';
import type { ReadColumns } from './reader.pure.ts';
import type { RowError } from './row-errors.pure.ts';

export interface ReadResult {
  analysis: Analysis;
  batches: ReadColumns[];
  errors: RowError[];
  state: ReadState;
}

/** Writes a file, guesses its plan and reads it through, for tests. */
export async function readContent(
  content: string | Uint8Array,
  change: Partial<ImportPlan> = {},
  isUtf8 = true,
): Promise<ReadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'liftos-csv-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, content);
    const analysis = await inspectFile(path, isUtf8);
    const plan = { ...planOf(analysis), ...change };
    const unusable = mappingProblems(plan.kind, plan.meanings, true).length > 0;
    return { analysis, ...(unusable ? nothing : await readThrough(path, content.length, plan)) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const nothing = {
  batches: [],
  errors: [],
  state: { rowsRead: 0, rowsAccepted: 0, rowsRejected: 0, bytesRead: 0, duplicates: 0, rounded: 0 },
};

function planOf(analysis: Analysis): ImportPlan {
  const { kind, layout, names, meanings, decimal, dateFormat } = analysis;
  return {
    kind,
    layout,
    names,
    meanings,
    decimal,
    dateFormat: dateFormat ?? 'YYYY-MM-DD',
    currency: 'EUR',
    channel: 'unknown',
    fileKey: 'file',
  };
}

async function readThrough(path: string, bytes: number, plan: ImportPlan) {
  const all: ReadBatch[] = [];
  for await (const batch of readBatches(path, bytes, plan)) all.push(batch);
  return {
    batches: all.flatMap(({ data }) => (data ? [data] : [])),
    errors: all.flatMap(({ errors }) => errors),
    state: all.at(-1)!.state,
  };
}
