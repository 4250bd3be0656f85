import { defineSubgraph } from '@liftos/core/subgraph.ts';
import { apiKeyResolvers } from './api-keys/api-keys.resolver.ts';
import { auditResolvers } from './audit/audit.resolver.ts';
import { auditConsumer } from './audit/audit.service.ts';
import { memberResolvers } from './members/members.resolver.ts';
import { organizationResolvers } from './organization/organization.resolver.ts';
import { createIdentityPort } from './session/authenticate.ts';
import { identityRoutes } from './session/routes.ts';
import { ensureFirstOwner } from './session/first-owner.ts';
import { sessionResolvers } from './session/session.resolver.ts';

export const identity = defineSubgraph({
  name: 'identity',
  folder: import.meta.dirname,
  resolvers: [organizationResolvers, sessionResolvers, memberResolvers, apiKeyResolvers, auditResolvers],
  consumers: [auditConsumer],
  ports: (runtime) => ({ identity: createIdentityPort(runtime) }),
  routes: ({ ports }) => identityRoutes(ports.identity),
  onStart: ensureFirstOwner,
});
