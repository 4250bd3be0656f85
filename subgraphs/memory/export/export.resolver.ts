import type { Context } from '@liftos/core/context.ts';
import type { MutationStartExportArgs, QueryDataExportArgs } from '../schema.generated.ts';
import type { DataExportTable, StoredFile } from '../tables.ts';
import { signLink } from './export-link.ts';
import { dataExports, findExport, startExport } from './export.service.ts';

type File = StoredFile & { of: DataExportTable };

function linkTo({ of, name }: File, context: Context): string {
  const token = signLink({ exportId: of.id, file: name, key: of.link_key }, context.principal, context.now());
  return `/exports/${of.id}/${encodeURIComponent(name)}?token=${token}`;
}

export const exportResolvers = {
  Query: {
    dataExport: async (_: unknown, { id }: QueryDataExportArgs, context: Context) =>
      (await findExport(context, id)) ?? null,
    dataExports: (_: unknown, __: unknown, context: Context) => dataExports(context),
  },
  Mutation: {
    startExport: async (_: unknown, { input }: MutationStartExportArgs, context: Context) => ({
      dataExport: await startExport(context, input),
    }),
  },
  DataExport: {
    requestedBy: (row: DataExportTable) => row.requested_by,
    createdAt: (row: DataExportTable) => row.created_at,
    finishedAt: (row: DataExportTable) => row.finished_at,
    expiresAt: (row: DataExportTable) => row.expires_at,
    files: (row: DataExportTable): File[] => row.files.map((file) => ({ ...file, of: row })),
  },
  ExportFile: { link: (file: File, _: unknown, context: Context) => linkTo(file, context) },
};
