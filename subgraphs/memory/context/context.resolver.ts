import type { Context } from '@liftos/core/context.ts';
import { selectionFrom } from '../records/selection.pure.ts';
import type { QueryLlmContextArgs, QuerySurfacingDataArgs } from '../schema.generated.ts';
import { entityFields } from './entity-row.ts';
import { shownEntry, shownSums } from './figures.ts';
import { lastDays } from './ranges.pure.ts';
import { relevantRows, type RelevantRow } from './relevance.view.ts';
import { sentence } from './sentence.pure.ts';
import { surfacingRows, type SurfacingResult } from './surfacing.view.ts';

export const contextResolvers = {
  Query: {
    surfacingData: (_: unknown, { range, filter, first }: QuerySurfacingDataArgs, context: Context) =>
      surfacingRows(context, selectionFrom(range, filter), first ?? 500),
    llmContext: async (_: unknown, { question, range, filter, first }: QueryLlmContextArgs, context: Context) => {
      const selection = selectionFrom(range ?? lastDays(context.now()), filter);
      return (await relevantRows(context, question, selection, first ?? 10)).map(shownEntry);
    },
  },
  SurfacingRow: {
    ...entityFields,
    sums: (row: SurfacingResult) => shownSums(row.sums, row.currency),
    previous: (row: SurfacingResult) => shownSums(row.previous, row.currency),
  },
  ContextEntry: {
    ...entityFields,
    text: sentence,
    firstDate: (row: RelevantRow) => row.first_date,
    lastDate: (row: RelevantRow) => row.last_date,
  },
};
