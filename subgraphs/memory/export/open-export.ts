import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '@liftos/core/context.ts';
import { contextFor, transaction } from '@liftos/core/create-context.ts';
import { notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { authorize } from '@liftos/core/graphql/require-scopes.ts';
import type { ExportPort } from '@liftos/core/ports/ports.ts';
import { exportFolder } from './export-files.ts';
import { bearerOfLink, linkHolds } from './export-link.ts';
import { findExport } from './export.service.ts';

const contentTypes = { CSV: 'text/csv; charset=utf-8', JSON_LINES: 'application/x-ndjson' } as const;

/** The files of exports, for whoever carries credentials or a link. What is not theirs does not exist for them. */
export const exportPort: ExportPort = {
  async open(caller, { exportId, file, token }) {
    const context = token === undefined ? caller : contextOfLink(caller, token);
    authorize(context.principal, [['data:read']]);
    const found = await findExport(context, exportId);
    if (found?.state !== 'SUCCEEDED') throw notFound('export');
    const target = { exportId: found.id, file, key: found.link_key };
    if (token !== undefined && !linkHolds(token, target, context.now())) throw notFound('export');
    // The name is one we gave, and so is no path to elsewhere.
    const stored = found.files.find(({ name }) => name === file);
    if (!stored) throw notFound('file');
    const path = join(exportFolder(context.runtime, found.organization_id, found.id), stored.name);
    const handle = await open(path).catch(() => {
      throw notFound('file');
    });
    await transaction(context, (tx) =>
      emit(tx, {
        topic: 'export.downloaded',
        subjectKind: 'export',
        subjectId: found.id,
        summary: `${context.principal.name} downloaded ${stored.name}.`,
        payload: { file: stored.name, bytes: stored.bytes },
        audit: true,
      }),
    ).catch(async (error: unknown) => {
      await handle.close();
      throw error;
    });
    const stream = handle.createReadStream({ signal: context.signal });
    const { name, bytes, sha256 } = stored;
    return { name, bytes, sha256, contentType: contentTypes[found.format], stream };
  },
};

function contextOfLink(caller: Context, token: string): Context {
  const bearer = bearerOfLink(token);
  if (!bearer) throw notFound('export');
  return contextFor(caller, { ...bearer, ...(caller.principal.ip ? { ip: caller.principal.ip } : {}) });
}
