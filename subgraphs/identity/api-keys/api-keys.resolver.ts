import type { Context } from '@liftos/core/context.ts';
import { loaderById } from '@liftos/core/subgraph.ts';
import type { MutationCreateApiKeyArgs, MutationRevokeApiKeyArgs } from '../schema.generated.ts';
import type { ApiKeyRow } from '../tables.ts';
import { apiKeysById, createApiKey, listApiKeys, revokeApiKey } from './api-keys.service.ts';

export const apiKeyResolvers = {
  Query: {
    apiKeys: (_: unknown, __: unknown, context: Context) => listApiKeys(context),
  },
  Mutation: {
    createApiKey: (_: unknown, { input }: MutationCreateApiKeyArgs, context: Context) => createApiKey(context, input),
    revokeApiKey: async (_: unknown, { id }: MutationRevokeApiKeyArgs, context: Context) => ({
      apiKey: await revokeApiKey(context, id),
    }),
  },
  ApiKey: {
    __resolveReference: ({ id }: { id: string }, context: Context) =>
      loaderById(context, 'ApiKey', apiKeysById).load(id),
    createdAt: (row: ApiKeyRow) => row.created_at,
    expiresAt: (row: ApiKeyRow) => row.expires_at,
    lastUsedAt: (row: ApiKeyRow) => row.last_used_at,
    revokedAt: (row: ApiKeyRow) => row.revoked_at,
  },
};
