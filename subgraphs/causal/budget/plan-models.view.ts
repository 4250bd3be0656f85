import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { MixInputs } from '../mix-model/tables.ts';

interface Row {
  id: string;
  name: string | null;
  version: number | null;
  promoted: boolean;
  kpi: string;
  mock: boolean;
  inputs: MixInputs;
  finished_at: Date;
}

/** The last 50 trained models that stand up to their own checks, promoted ones first, then the newest. */
export async function plannableModels(context: Context) {
  const { rows } = await sql<Row>`
    select m.id, r.name, v.number as version, coalesce(v.stage = 'CHAMPION' and r.retired_at is null, false) as promoted,
      m.choice ->> 'kpi' as kpi, (m.choice ->> 'mock')::boolean as mock, m.inputs, m.finished_at
    from causal.mix_model m
    left join causal.model_version v on v.organization_id = m.organization_id and v.mix_model_id = m.id
    left join causal.model r on r.organization_id = v.organization_id and r.id = v.model_id
    where m.state = 'SUCCEEDED' and jsonb_typeof(m.result -> 'summary') = 'object'
      and coalesce(v.stage, '') <> 'RETIRED'
    order by promoted desc, m.id desc
    limit 50`.execute(context.db);
  return rows.map(({ id, name, version, promoted, kpi, mock, inputs, finished_at: trainedAt }) => ({
    modelId: id,
    name,
    version,
    promoted,
    kpi: kpi === 'revenue' ? ('REVENUE' as const) : ('CONVERSIONS' as const),
    currency: inputs.currency,
    channels: inputs.channels,
    firstDate: inputs.firstDate,
    lastDate: inputs.lastDate,
    mock,
    trainedAt,
  }));
}
