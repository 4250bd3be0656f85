import type { Context } from '@liftos/core/context.ts';
import type { Role } from '../schema.generated.ts';
import { currentOrganization } from '../organization/organization.service.ts';
import { accountById } from './session.service.ts';

/** The caller as the API shows it. */
export function viewerOf(context: Context) {
  const { kind, id, role, scopes } = context.principal;
  return {
    user: async () => (kind === 'user' ? accountById(context.runtime, id) : null),
    organization: () => currentOrganization(context),
    role: (role ?? null) as Role | null,
    scopes,
  };
}
