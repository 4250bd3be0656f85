import type { Context } from '@liftos/core/context.ts';
import { shownKind } from '../records/source-kinds.pure.ts';
import type { QueryLineageArgs } from '../schema.generated.ts';
import type { IngestBatchTable } from '../tables.ts';
import { batchPage } from './lineage.view.ts';

export const lineageResolvers = {
  Query: { lineage: (_: unknown, args: QueryLineageArgs, context: Context) => batchPage(context, args) },
  IngestBatch: {
    connection: (row: IngestBatchTable) => ({ id: row.connection_id }),
    sourceKind: (row: IngestBatchTable) => shownKind(row.source_kind),
    kind: (row: IngestBatchTable) => row.kind.toUpperCase(),
    firstDate: (row: IngestBatchTable) => row.first_date,
    lastDate: (row: IngestBatchTable) => row.last_date,
    ingestedAt: (row: IngestBatchTable) => row.ingested_at,
    flaws: ({ assessment }: IngestBatchTable) =>
      Object.entries(assessment?.flaws ?? {})
        .map(([flaw, rows]) => ({ flaw, rows }))
        .sort((a, b) => b.rows - a.rows),
    insights: ({ assessment }: IngestBatchTable) => assessment?.insights ?? [],
  },
};
