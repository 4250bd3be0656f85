import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { IngestBatch } from '@liftos/core/ports/memory.ts';
import { plainArray, textArray } from './array-text.pure.ts';
import type { Entity } from './record-rows.pure.ts';

/** Rows of one statement. */
const chunkSize = 5000;

/** Adds what figures are about, and brings names and basis up to date where they changed. Ids stand once. */
export async function storeEntities(tx: Context, batch: IngestBatch, entities: readonly Entity[]): Promise<void> {
  for (let from = 0; from < entities.length; from += chunkSize) {
    const part = entities.slice(from, from + chunkSize);
    await sql`
      insert into memory.entity as e
        (organization_id, id, connection_id, source_kind, stream, basis, account, channel, campaign, ad_group, ad, region)
      select ${tx.organizationId}::uuid, r.id, ${batch.connectionId}::uuid, ${batch.sourceKind}, ${batch.stream},
        ${batch.basis ?? 'claimed'}, ${accountOf(batch)}::text, r.channel, r.campaign, r.ad_group, r.ad, r.region
      from unnest(
        ${plainArray(part.map(({ id }) => id))}::text::uuid[],
        ${textArray(part.map(({ channel }) => channel))}::text::text[],
        ${textArray(part.map(({ campaign }) => campaign))}::text::text[],
        ${textArray(part.map(({ adGroup }) => adGroup))}::text::text[],
        ${textArray(part.map(({ ad }) => ad))}::text::text[],
        ${textArray(part.map(({ region }) => region))}::text::text[]) as r (id, channel, campaign, ad_group, ad, region)
      on conflict (organization_id, id) do update set basis = excluded.basis, account = excluded.account, channel = excluded.channel,
        campaign = excluded.campaign, ad_group = excluded.ad_group, ad = excluded.ad
      where (e.basis, e.account, e.channel, e.campaign, e.ad_group, e.ad) is distinct from
        (excluded.basis, excluded.account, excluded.channel, excluded.campaign, excluded.ad_group, excluded.ad)`.execute(
      tx.db,
    );
  }
}

/** Sums of items follow their items, and are never withdrawn by themselves. */
function accountOf(batch: IngestBatch): string | null {
  return batch.kind === 'records' ? (batch.account ?? null) : null;
}
