import { z } from 'zod';
import { defineStream, type Entity, type Json, type Stream } from '../connector.ts';
import { dataOf, listPage, nextLinkOf } from './pages.ts';

const related = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })).nullish() });

const objectRow = z.looseObject({
  id: z.string(),
  attributes: z.looseObject({ name: z.string().nullish(), status: z.string().nullish() }),
  relationships: z.looseObject({ 'campaign-messages': related.optional() }).optional(),
});

type Row = z.infer<typeof objectRow>;

function entityOf(type: string, { id, attributes }: Row): Entity {
  return { type, id, name: attributes.name ?? id, status: attributes.status ?? null };
}

/** Names and states of flows, lists or segments. */
function objects(name: 'flows' | 'lists' | 'segments', title: string, pageSize: number): Stream {
  return defineStream<Row>({
    name,
    title,
    delivers: ['entities'],
    scopes: [`${name}:read`],
    key: ['id'],
    row: objectRow,
    cursor: { by: 'none' },
    pageSize,
    request: (slice, at) => listPage({ url: `/${name}`, query: { 'page[size]': slice.pageSize } }, at),
    rows: dataOf,
    next: nextLinkOf,
    map: (row) => ({ entities: [entityOf(name.slice(0, -1), row)] }),
  });
}

export const flows = objects('flows', 'Flows', 50);
export const lists = objects('lists', 'Lists', 10);
export const segments = objects('segments', 'Segments', 10);

/** Campaigns are only told by channel: one pass for each. */
const channels = ['email', 'sms', 'mobile_push'] as const;

interface Place {
  channel: number;
  url: string | null;
}

function placeOf(at: Json | null): Place {
  return (at as unknown as Place | null) ?? { channel: 0, url: null };
}

export const campaigns = defineStream<Row>({
  name: 'campaigns',
  title: 'Campaigns and their messages',
  delivers: ['entities'],
  scopes: ['campaigns:read'],
  key: ['id'],
  row: objectRow,
  cursor: { by: 'none' },
  pageSize: 100,
  request: (slice, at) => {
    const { channel, url } = placeOf(at);
    const filter = `equals(messages.channel,'${channels[channel]}')`;
    return listPage({ url: '/campaigns', query: { filter, 'page[size]': slice.pageSize } }, url);
  },
  rows: dataOf,
  next: (answer, _, at) => {
    const { channel } = placeOf(at);
    const url = nextLinkOf(answer);
    if (url !== null) return { channel, url };
    return channel + 1 < channels.length ? { channel: channel + 1, url: null } : null;
  },
  map: (row) => {
    const messages = row.relationships?.['campaign-messages']?.data ?? [];
    const campaign = entityOf('campaign', row);
    const ofIt = messages.map(({ id }) => ({ type: 'message', id, name: campaign.name, parent: row.id }));
    return { entities: [campaign, ...ofIt] };
  },
});
