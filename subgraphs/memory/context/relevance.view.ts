import { sql, type RawBuilder } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { matching, type RecordSelection } from '../records/matching.ts';
import { entityColumns, entityKeys, type EntityRow, type Sums } from './entity-row.ts';
import { wordsOf } from './question.pure.ts';

const mostEntries = 50;

export interface RelevantRow extends EntityRow, Sums {
  /** 0 to 1, against the best. */
  relevance: number;
  first_date: string;
  last_date: string;
  days: number;
}

/** ASCII signs part words, so that `brand_search/de` is three of them; letters of all alphabets stay. */
const separators = '[!-/:-@\\[-`{-~]+';

/** The names of an entity as searchable text. */
const document = sql`to_tsvector('simple',
  regexp_replace(concat_ws(' ', e.channel, e.campaign, e.ad_group, e.ad, e.region), ${separators}::text, ' ', 'g'))`;

/**
 * The entities whose names fit the words of a question best, of equals those with the most spend; without any fit
 * these. Throws BAD_USER_INPUT for a question or a number beyond its limits.
 */
export async function relevantRows(
  context: Context,
  question: string,
  selection: RecordSelection,
  first: number,
): Promise<RelevantRow[]> {
  const words = wordsOf(question);
  if (first < 1 || first > mostEntries) throw badInput('first', `Ask for 1 to ${mostEntries} entries.`);
  const { rows } = await sql<RelevantRow>`
    select *, case when best > 0 then (rank / best)::double precision else 0 end as relevance
    from (
      select *, max(rank) over () as best
      from (
        select ${entityColumns}, min(f.date) as first_date, max(f.date) as last_date, count(*)::integer as days,
          sum(f.spend)::text as spend, sum(f.spend) as spent, sum(f.impressions) as impressions,
          sum(f.clicks) as clicks, sum(f.conversions) as conversions, sum(f.revenue)::text as revenue,
          ${rankBy(words)} as rank
        ${matching(context, selection)}
        group by ${entityKeys}
      ) r
    ) r
    where rank > 0 or best = 0
    order by rank desc, spent desc, entity_id, currency
    limit ${first}`.execute(context.db);
  return rows;
}

/** Each word is a value of its own: nothing in it can be read as an operator. */
function rankBy(words: readonly string[]): RawBuilder<unknown> {
  if (words.length === 0) return sql`0::real`;
  const parts = words.map((word) => sql`plainto_tsquery('simple', ${word}::text)`);
  return sql`ts_rank(${document}, ${sql.join(parts, sql` || `)})`;
}
