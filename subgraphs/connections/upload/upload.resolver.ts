import type { Context } from '@liftos/core/context.ts';
import { loaderById } from '@liftos/core/subgraph.ts';
import type {
  MutationDryRunImportArgs,
  MutationImportUploadArgs,
  QueryUploadPreviewArgs,
} from '../schema.generated.ts';
import type { UploadTable } from '../tables.ts';
import { dryRun, importUpload, previewUpload } from './import.service.ts';
import { uploadsById } from './stored-file.ts';

export const uploadResolvers = {
  Query: {
    uploadPreview: (_: unknown, { uploadId }: QueryUploadPreviewArgs, context: Context) =>
      previewUpload(context, uploadId),
  },
  Mutation: {
    dryRunImport: (_: unknown, { input }: MutationDryRunImportArgs, context: Context) => dryRun(context, input),
    importUpload: (_: unknown, { input }: MutationImportUploadArgs, context: Context) => importUpload(context, input),
  },
  Upload: {
    __resolveReference: ({ id }: { id: string }, context: Context) =>
      loaderById(context, 'Upload', uploadsById).load(id),
    fileName: (upload: UploadTable) => upload.file_name,
    createdAt: (upload: UploadTable) => upload.created_at,
  },
};
