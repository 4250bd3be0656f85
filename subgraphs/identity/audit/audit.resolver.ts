import type { Context } from '@liftos/core/context.ts';
import type { QueryAuditLogArgs } from '../schema.generated.ts';
import type { AuditRow } from '../tables.ts';
import { listAudit, verifyAudit } from './audit.service.ts';

export const auditResolvers = {
  Query: {
    auditLog: (_: unknown, args: QueryAuditLogArgs, context: Context) => listAudit(context, args),
    verifyAuditLog: (_: unknown, __: unknown, context: Context) => verifyAudit(context),
  },
  AuditEntry: {
    actorKind: (row: AuditRow) => row.actor_kind,
    actorId: (row: AuditRow) => row.actor_id,
    actorName: (row: AuditRow) => row.actor_name,
    targetKind: (row: AuditRow) => row.target_kind,
    targetId: (row: AuditRow) => row.target_id,
    correlationId: (row: AuditRow) => row.correlation_id,
  },
};
