import { z } from 'zod';
import { dayIn } from '../../sync/plan-slices.pure.ts';
import type { Answer, Json, Slice } from '../connector.ts';
import { defineStream } from '../connector.ts';

const email = z.looseObject({
  id: z.string(),
  name: z.string(),
  state: z.string().optional(),
  publishDate: z.string().nullish(),
  createdAt: z.string().optional(),
});

type Email = z.infer<typeof email>;

interface Found {
  results?: unknown[];
  paging?: { next?: { after?: string } };
}

/** What a list answered. */
export function resultsOf({ body }: Answer): unknown[] {
  return (body as Found).results ?? [];
}

/** Where the next page of a list begins; null behind the last one. */
export function afterOf({ body }: Answer): string | null {
  return (body as Found).paging?.next?.after ?? null;
}

const pageSize = 100;

export const marketingEmails = defineStream<Email>({
  name: 'marketing_emails',
  title: 'Marketing e-mails',
  delivers: ['entities'],
  scopes: ['content'],
  key: ['id'],
  row: email,
  cursor: { by: 'none' },
  pageSize,
  request: ({ version, pageSize: limit }, at) => ({
    url: `/marketing/emails/${version}`,
    query: { limit, after: (at as string | null) ?? undefined },
  }),
  rows: resultsOf,
  next: afterOf,
  map: ({ id, name, state }) => ({ entities: [{ type: 'email', id, name, status: state ?? null }] }),
});

const counters = z.looseObject({
  sent: z.number().default(0),
  delivered: z.number().optional(),
  open: z.number().default(0),
  click: z.number().default(0),
});
const emailDay = z.looseObject({
  emailId: z.string(),
  interval: z.looseObject({ start: z.iso.datetime({ offset: true }) }),
  aggregations: z.looseObject({ counters }),
});

/** The e-mails of a page of the list whose days are read one after the other; `after` is the page behind them. */
interface Place {
  ids: string[];
  index: number;
  after: string | null;
}

/** E-mails are hardly opened when they are older; automatic ones go on. */
const livelyDays = 120;

/** Days of each e-mail: a page of the list, then the days of every e-mail on it, and so on. */
export const emailDaily = defineStream<z.infer<typeof emailDay>>({
  name: 'email_daily',
  title: 'Marketing e-mails by day',
  delivers: ['facts'],
  basis: 'claimed',
  scopes: ['content'],
  key: ['emailId', 'interval.start'],
  row: emailDay,
  cursor: { by: 'day', lookbackDays: 7, windowDays: 90, historyDays: 730 },
  pageSize,
  request: (slice, at) => {
    const place = at as Place | null;
    const id = place?.ids[place.index];
    if (id === undefined)
      return {
        url: `/marketing/emails/${slice.version}`,
        query: { limit: slice.pageSize, after: place?.after ?? undefined },
      };
    return {
      url: `/marketing/emails/${slice.version}/statistics/histogram`,
      query: {
        interval: 'DAY',
        startTimestamp: slice.since.toISOString(),
        endTimestamp: slice.until.toISOString(),
        emailIds: id,
      },
    };
  },
  rows: (answer, _, at) => {
    const place = at as Place | null;
    const id = place?.ids[place.index];
    return id === undefined ? [] : resultsOf(answer).map((row) => ({ ...(row as object), emailId: id }));
  },
  next: (answer, slice, at) => nextPlace(answer, slice, at as Place | null),
  map: ({ emailId, interval, aggregations }, { account, nameOf }) => {
    const { sent, delivered, click } = aggregations.counters;
    // The middle of the interval: whether its days begin in the portal's zone or in another, it is the day meant.
    const noon = new Date(Date.parse(interval.start) + 43_200_000);
    return {
      facts: [
        {
          date: dayIn(noon, account.timeZone),
          entity: `${account.id}/${emailId}`,
          channel: 'Email',
          campaign: nameOf('email', emailId) ?? emailId,
          adGroup: null,
          ad: null,
          spend: 0n,
          impressions: delivered ?? sent,
          clicks: click,
          conversions: 0,
          revenue: 0n,
        },
      ],
    };
  },
});

function nextPlace(answer: Answer, slice: Slice, place: Place | null): Json | null {
  if (place && place.index < place.ids.length) {
    const index = place.index + 1;
    return index < place.ids.length || place.after !== null ? { ...place, index } : null;
  }
  const ids = z
    .array(email)
    .parse(resultsOf(answer))
    .filter((one) => isLively(one, slice))
    .map(({ id }) => id);
  const after = afterOf(answer);
  return ids.length > 0 || after !== null ? { ids, index: 0, after } : null;
}

function isLively({ state, publishDate, createdAt }: Email, { since, until }: Slice): boolean {
  const sent = Date.parse(publishDate ?? createdAt ?? '');
  if (Number.isNaN(sent)) return true;
  const isAutomatic = /AUTOMATED/.test(state ?? '');
  return sent < until.getTime() && (isAutomatic || sent >= since.getTime() - livelyDays * 86_400_000);
}
