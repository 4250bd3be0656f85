import { toCsv } from '../../../ui/csv.ts';
import type { AuditLogQuery } from '../settings.generated.ts';

type Entry = AuditLogQuery['auditLog']['edges'][number]['node'];

/** Entries as a file, one per row, with their hashes. */
export function auditToCsv(entries: Entry[]): string {
  const header = [
    'sequence',
    'at',
    'action',
    'actor_kind',
    'actor',
    'target_kind',
    'target_id',
    'details',
    'ip',
    'correlation_id',
    'hash',
  ];
  const rows = entries.map((entry) => [
    entry.sequence,
    entry.at,
    entry.action,
    entry.actorKind,
    entry.actorName,
    entry.targetKind,
    entry.targetId,
    JSON.stringify(entry.details),
    entry.ip,
    entry.correlationId,
    entry.hash,
  ]);
  return toCsv(header, rows);
}
