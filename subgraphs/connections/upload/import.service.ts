import { access } from 'node:fs/promises';
import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput, notFound } from '@liftos/core/errors.ts';
import { runInPool } from '@liftos/core/worker-pool.ts';
import { checkCurrency, checkName, insertConnection } from '../connection/connection.service.ts';
import { connectionLoader } from '../connection/connection.view.ts';
import type { ImportPlan } from '../csv/import-plan.pure.ts';
import { readFile } from '../csv/read-file.ts';
import type { DryRunPayload, ImportUploadInput, RowError } from '../schema.generated.ts';
import { lockConnection } from '../sync/sync.service.ts';
import { createRun } from '../sync/start-sync.ts';
import type { ConnectionsTables, UploadTable } from '../tables.ts';
import type { InspectTask, PlanTask } from './inspect.worker.ts';
import type { ImportChoice, Planned } from './plan-import.pure.ts';
import type { Preview } from './preview.pure.ts';
import { findUpload, uploadPath } from './stored-file.ts';

const workerFile = new URL('./inspect.worker.ts', import.meta.url);
const shownErrors = 100;
/** A dry run answers within the time an operation may take; larger files are read in part. */
const dryRunMs = 7000;

/** The first rows of a file and what they are taken for. Throws NOT_FOUND. */
export async function previewUpload(context: Context, uploadId: string): Promise<Preview & { upload: UploadTable }> {
  const upload = await findUpload(context, uploadId);
  const task: InspectTask = { path: await filePath(context, upload), isUtf8: upload.is_utf8 };
  return { upload, ...(await runInPool<Preview>(workerFile, 'preview', task, { signal: context.signal })) };
}

/** Throws NOT_FOUND when the file was cleaned up just now. */
async function filePath(context: Context, upload: UploadTable): Promise<string> {
  const path = uploadPath(context, upload.id);
  await access(path).catch(() => {
    throw notFound('upload');
  });
  return path;
}

/** Reads a file as an import would, and counts. Throws NOT_FOUND or BAD_USER_INPUT naming the field. */
export async function dryRun(context: Context, input: ImportUploadInput): Promise<DryRunPayload> {
  const { upload, plan } = await planOf(context, input);
  const end = performance.now() + dryRunMs;
  const errors: RowError[] = [];
  const task = { path: uploadPath(context, upload.id), bytes: upload.bytes, plan, skip: 0 };
  let result = { rowsRead: 0, rowsAccepted: 0, rowsRejected: 0, duplicates: 0, complete: false };
  for await (const batch of readFile(task, context.signal)) {
    const { rowsRead, rowsAccepted, rowsRejected, duplicates } = batch.state;
    result = { rowsRead, rowsAccepted, rowsRejected, duplicates, complete: batch.data === null };
    errors.push(...batch.errors.slice(0, shownErrors - errors.length));
    if (performance.now() > end) break;
  }
  return { ...result, errors };
}

/**
 * Imports a file into the connection that it names, the one that this very file went into before, or a new one. Throws NOT_FOUND, CONFLICT while an import into
 * the connection runs, or BAD_USER_INPUT naming the field.
 */
export async function importUpload(context: Context, input: ImportUploadInput) {
  const { upload, plan } = await planOf(context, input);
  const { connectionId, run } = await transaction(context, async (tx) => {
    const connection = input.connectionId
      ? await fileConnection(tx, input.connectionId)
      : ((await importedBefore(tx, plan)) ??
        (await insertConnection(tx, {
          name: checkName(input.name ?? (upload.file_name.replace(/\.[^.]+$/, '') || upload.file_name)),
          platform: 'file',
          mode: 'FILE',
          settings: {},
          currency: plan.currency,
          time_zone: 'UTC',
          schedule: null,
        })));
    const slice = { stream: plan.kind.toLowerCase(), from: null, to: null, source: 'file' as const };
    const file = { uploadId: upload.id, plan };
    return {
      connectionId: connection.id,
      run: await createRun(tx, { connection, trigger: 'UPLOAD', slices: [slice], file }),
    };
  });
  return { connection: await connectionLoader(context).load(connectionId), syncRun: run };
}

/** The connection that this very file went into before: the same data must not come in twice. */
async function importedBefore(tx: Context, { fileKey, kind }: ImportPlan) {
  const run = await tables<ConnectionsTables>(tx)
    .selectFrom('connections.sync_run')
    .select('connection_id')
    .where(sql`plan->>'fileKey'`, '=', fileKey)
    .where(sql`plan->>'kind'`, '=', kind)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return run && lockConnection(tx, run.connection_id);
}

async function fileConnection(tx: Context, id: string) {
  const connection = await lockConnection(tx, id);
  if (connection.mode !== 'FILE') throw badInput('input.connectionId', 'Files go into file connections only.');
  return connection;
}

async function planOf(context: Context, input: ImportUploadInput): Promise<{ upload: UploadTable; plan: ImportPlan }> {
  const upload = await findUpload(context, input.uploadId);
  const choice: ImportChoice = {
    kind: input.kind,
    mapping: input.mapping,
    currency: checkCurrency(input.currency ?? 'EUR'),
    dateFormat: input.dateFormat ?? null,
    channel: input.channel?.trim() ? checkName(input.channel, 'input.channel') : null,
  };
  const task: PlanTask = {
    path: await filePath(context, upload),
    isUtf8: upload.is_utf8,
    choice,
    fileKey: upload.sha256.slice(0, 16),
  };
  const planned = await runInPool<Planned>(workerFile, 'plan', task, { signal: context.signal });
  if (!planned.ok) throw badInput(planned.field, planned.problem);
  return { upload, plan: planned.plan };
}
