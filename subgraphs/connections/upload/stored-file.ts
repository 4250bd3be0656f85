import { join } from 'node:path';
import { tables, type Context } from '@liftos/core/context.ts';
import { notFound } from '@liftos/core/errors.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { ImportPlan } from '../csv/import-plan.pure.ts';
import type { FileSettings } from '../platforms/file.connector.ts';
import type { ConnectionsTables, UploadTable } from '../tables.ts';

/** The folder of an organisation's uploads. Names are generated; nothing a caller sends becomes part of a path. */
export function uploadFolder(runtime: Runtime, organizationId: string): string {
  return join(runtime.config.LIFTOS_DATA_DIR, 'uploads', organizationId);
}

export function uploadPath(context: Context, id: string): string {
  return join(uploadFolder(context.runtime, context.organizationId), id);
}

export function uploadsById(context: Context, ids: readonly string[]): Promise<UploadTable[]> {
  return tables<ConnectionsTables>(context)
    .selectFrom('connections.upload')
    .selectAll()
    .where('id', 'in', ids)
    .execute();
}

/** Throws NOT_FOUND. */
export async function findUpload(context: Context, id: string): Promise<UploadTable> {
  const [upload] = isId(id) ? await uploadsById(context, [id]) : [];
  if (!upload) throw notFound('upload');
  return upload;
}

/** What the file connector needs to read an upload. Throws NOT_FOUND when it was cleaned up. */
export async function fileSettings(context: Context, uploadId: string, plan: ImportPlan): Promise<FileSettings> {
  const { bytes } = await findUpload(context, uploadId);
  return { path: uploadPath(context, uploadId), bytes, plan };
}
