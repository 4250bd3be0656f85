import type { Context } from '@liftos/core/context.ts';
import { connectionLoader } from '../connection/connection.view.ts';
import type {
  MutationDeleteConnectorArgs,
  MutationPublishConnectorArgs,
  MutationSaveConnectorArgs,
  MutationTryConnectorArgs,
  QueryCustomConnectorArgs,
  QueryValidateConnectorArgs,
} from '../schema.generated.ts';
import { deleteConnector, publishConnector, saveConnector } from './custom.service.ts';
import type { CustomConnectorTable, CustomConnectorVersionTable } from './custom-tables.ts';
import { customConnectorLoader, listConnectors, listVersions, usersOf, versionText } from './custom.view.ts';
import { readManifest } from './manifest/read-manifest.ts';
import { platformIdOf } from './find-custom.ts';
import { checkOf } from './summarize.pure.ts';
import { tryConnector } from './try-connector.ts';

async function payload(context: Context, id: string) {
  return { customConnector: await customConnectorLoader(context).clear(id).load(id) };
}

export const customResolvers = {
  Query: {
    customConnectors: (_: unknown, __: unknown, context: Context) => listConnectors(context),
    customConnector: (_: unknown, { id }: QueryCustomConnectorArgs, context: Context) =>
      customConnectorLoader(context).load(id),
    validateConnector: async (_: unknown, { text }: QueryValidateConnectorArgs, context: Context) =>
      checkOf(await readManifest(context, text)),
  },
  Mutation: {
    saveConnector: async (_: unknown, { input }: MutationSaveConnectorArgs, context: Context) =>
      payload(context, await saveConnector(context, input)),
    publishConnector: async (_: unknown, { id }: MutationPublishConnectorArgs, context: Context) =>
      payload(context, await publishConnector(context, id)),
    deleteConnector: async (_: unknown, { id }: MutationDeleteConnectorArgs, context: Context) => ({
      customConnectorId: await deleteConnector(context, id),
    }),
    tryConnector: (_: unknown, { input }: MutationTryConnectorArgs, context: Context) => tryConnector(context, input),
  },
  CustomConnector: {
    platformId: ({ id }: CustomConnectorTable) => platformIdOf(id),
    text: ({ id, version }: CustomConnectorTable, _: unknown, context: Context) => versionText(context, id, version),
    publishedVersion: (row: CustomConnectorTable) => row.published_version,
    errors: async ({ id, version }: CustomConnectorTable, _: unknown, context: Context) =>
      checkOf(await readManifest(context, await versionText(context, id, version))).errors,
    versions: ({ id }: CustomConnectorTable, _: unknown, context: Context) => listVersions(context, id),
    usedBy: async ({ id }: CustomConnectorTable, _: unknown, context: Context) =>
      connectionLoader(context).loadMany(await usersOf(context, id)),
    createdAt: (row: CustomConnectorTable) => row.created_at,
    updatedAt: (row: CustomConnectorTable) => row.updated_at,
  },
  CustomConnectorVersion: {
    savedBy: (row: CustomConnectorVersionTable) => row.saved_by,
    savedAt: (row: CustomConnectorVersionTable) => row.saved_at,
  },
};
