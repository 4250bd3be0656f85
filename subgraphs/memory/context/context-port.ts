import type { Context } from '@liftos/core/context.ts';
import type { EntitySums, RelevantEntity, SurfacingEntity } from '@liftos/core/ports/memory-context.ts';
import type { MemoryPort } from '@liftos/core/ports/memory.ts';
import { selectionOf } from '../records/matching.ts';
import type { EntityRow, Sums } from './entity-row.ts';
import { shownEntry } from './figures.ts';
import { relevantRows } from './relevance.view.ts';
import { sentence } from './sentence.pure.ts';
import { surfacingRows } from './surfacing.view.ts';

/** What changed most against as many days just before. Throws BAD_USER_INPUT. */
export async function surfacingEntities(
  context: Context,
  query: Parameters<MemoryPort['surfacing']>[1],
): Promise<SurfacingEntity[]> {
  const rows = await surfacingRows(context, selectionOf(query), query.first);
  return rows.map((row) => ({ ...entity(row), sums: inUnits(row.sums), previous: inUnits(row.previous) }));
}

/** What fits a question best. Throws BAD_USER_INPUT. */
export async function relevantEntities(
  context: Context,
  query: Parameters<MemoryPort['relevant']>[1],
): Promise<RelevantEntity[]> {
  const rows = await relevantRows(context, query.question, selectionOf(query), query.first);
  return rows.map((row) => ({
    ...entity(row),
    ...inUnits(row),
    text: sentence(shownEntry(row)),
    relevance: row.relevance,
    firstDate: row.first_date,
    lastDate: row.last_date,
    days: row.days,
  }));
}

function entity({ channel, campaign, ad_group, ad, region, currency, basis, source_kind, connection_id }: EntityRow) {
  const names = { channel, campaign, adGroup: ad_group, ad, region };
  return { ...names, currency, basis, sourceKind: source_kind, connectionId: connection_id };
}

function inUnits({ spend, impressions, clicks, conversions, revenue }: Sums): EntitySums {
  return { spend: Number(spend) / 1e6, impressions, clicks, conversions, revenue: Number(revenue) / 1e6 };
}
