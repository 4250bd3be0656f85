import { z } from 'zod';
import { defineStream } from '../connector.ts';

const pipeline = z.looseObject({
  id: z.string(),
  label: z.string(),
  archived: z.boolean().optional(),
  stages: z.array(
    z.looseObject({
      id: z.string(),
      label: z.string(),
      metadata: z.looseObject({ isClosed: z.string().optional(), probability: z.string().optional() }).optional(),
    }),
  ),
});

/** Names of pipelines and their stages, and which stages mean that a deal was won. */
export const pipelines = defineStream<z.infer<typeof pipeline>>({
  name: 'pipelines',
  title: 'Pipelines and stages of deals',
  delivers: ['entities'],
  scopes: ['crm.objects.deals.read'],
  key: ['id'],
  row: pipeline,
  cursor: { by: 'none' },
  pageSize: 0,
  request: ({ version }) => ({ url: `/crm/pipelines/${version}/deals` }),
  rows: ({ body }) => (body as { results?: unknown[] }).results ?? [],
  next: () => null,
  map: ({ id, label, archived, stages }) => ({
    entities: [
      { type: 'pipeline', id, name: label, status: archived ? 'archived' : 'active' },
      ...stages.map((stage) => ({ type: 'stage', id: stage.id, name: stage.label, parent: id })),
      ...stages
        .filter(({ metadata }) => metadata?.isClosed === 'true' && Number(metadata.probability) === 1)
        .map((stage) => ({ type: 'won_stage', id: stage.id, name: stage.label, parent: id })),
    ],
  }),
});
