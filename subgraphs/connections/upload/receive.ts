import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { tables, type Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { UploadPort } from '@liftos/core/ports/ports.ts';
import type { ConnectionsTables } from '../tables.ts';
import { InspectBytes } from './inspect-bytes.ts';
import { uploadFolder, uploadPath } from './stored-file.ts';

/** An organisation may keep this many times the largest upload. */
const quotaFactor = 5;

/**
 * Streams a file to disk under a generated name. A stream that breaks off, is too large or is no text leaves nothing.
 * Throws QUOTA_EXCEEDED or BAD_USER_INPUT.
 */
export const uploads: UploadPort = {
  async receive(context, { fileName, stream }) {
    const limit = context.runtime.config.LIFTOS_UPLOAD_MAX_BYTES;
    await checkQuota(context, limit * quotaFactor);
    const id = context.newId();
    const path = uploadPath(context, id);
    await mkdir(uploadFolder(context.runtime, context.organizationId), { recursive: true });
    const inspect = new InspectBytes(limit);
    try {
      await pipeline(stream, inspect, createWriteStream(path, { flags: 'wx' }), { signal: context.signal });
      const { bytes, sha256, isUtf8 } = inspect;
      await tables<ConnectionsTables>(context)
        .insertInto('connections.upload')
        .values({
          organization_id: context.organizationId,
          id,
          file_name: safeName(fileName),
          bytes,
          sha256,
          is_utf8: isUtf8,
          created_at: context.now(),
        })
        .execute();
      return { id, bytes, sha256 };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  },
};

async function checkQuota(context: Context, quota: number): Promise<void> {
  const { used } = await tables<ConnectionsTables>(context)
    .selectFrom('connections.upload')
    .select((eb) => eb.fn.coalesce(eb.cast<number>(eb.fn.sum('bytes'), 'bigint'), eb.lit(0)).as('used'))
    .executeTakeFirstOrThrow();
  if (Number(used) < quota) return;
  throw new AppError('QUOTA_EXCEEDED', 'The uploads of this organisation take up all the space they may have.');
}

/** A name to show: the last part of a path, without what is no text. */
function safeName(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replace(/\p{Cc}/gu, '')
    .toWellFormed()
    .trim();
  return clean.slice(0, 200) || 'upload.csv';
}
