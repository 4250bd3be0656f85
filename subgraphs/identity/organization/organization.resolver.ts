import type { Context } from '@liftos/core/context.ts';
import { loaderById } from '@liftos/core/subgraph.ts';
import type { MutationUpdateOrganizationArgs } from '../schema.generated.ts';
import type { OrganizationRow } from '../tables.ts';
import { currentOrganization, organizationsById, updateOrganization } from './organization.service.ts';

async function load(context: Context, ids: readonly string[]) {
  const rows = await organizationsById(context, ids);
  return rows.map((row) => ({ ...row, id: row.organization_id }));
}

export const organizationResolvers = {
  Query: {
    organization: (_: unknown, __: unknown, context: Context) => currentOrganization(context),
  },
  Mutation: {
    updateOrganization: async (_: unknown, { input }: MutationUpdateOrganizationArgs, context: Context) => ({
      organization: await updateOrganization(context, input),
    }),
  },
  Organization: {
    __resolveReference: ({ id }: { id: string }, context: Context) =>
      loaderById(context, 'Organization', load).load(id),
    id: (row: OrganizationRow) => row.organization_id,
    timeZone: (row: OrganizationRow) => row.time_zone,
    createdAt: (row: OrganizationRow) => row.created_at,
  },
};
