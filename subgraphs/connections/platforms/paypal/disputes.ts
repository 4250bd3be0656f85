import { z } from 'zod';
import type { Answer } from '../connector.ts';
import { defineStream } from '../connector.ts';
import { second } from './transactions.ts';

const dispute = z.looseObject({
  dispute_id: z.string(),
  create_time: z.iso.datetime({ offset: true }),
  update_time: z.iso.datetime({ offset: true }).optional(),
  status: z.string().optional(),
  reason: z.string().optional(),
  dispute_state: z.string().optional(),
  dispute_life_cycle_stage: z.string().optional(),
  dispute_amount: z.looseObject({ currency_code: z.string(), value: z.string() }),
});

/** PayPal keeps them in the list for so long. */
const listedMs = 180 * 86_400_000;

interface Found {
  items?: unknown[];
  links?: { rel?: string; href?: string }[];
  next_page_token?: string;
}

/** Disputes of the last 180 days. They move no money themselves: a chargeback is a row of the report. */
export const disputes = defineStream<z.infer<typeof dispute>>({
  name: 'disputes',
  title: 'Disputes',
  delivers: ['items'],
  basis: 'paid',
  key: ['dispute_id'],
  row: dispute,
  cursor: { by: 'none' },
  pageSize: 50,
  request: ({ now, pageSize }, at) => ({
    url: '/customer/disputes',
    query: {
      start_time: second(new Date(now.getTime() - listedMs)).replace('Z', '.000Z'),
      page_size: pageSize,
      next_page_token: (at as string | null) ?? undefined,
    },
  }),
  rows: ({ body }) => (body as Found).items ?? [],
  next: nextToken,
  // The list has all currencies, and each is an account.
  map: ({ dispute_id: id, dispute_amount: amount, ...row }, { account }) =>
    amount.currency_code === account.currency
      ? {
          items: [
            {
              key: id,
              kind: 'event',
              occurredAt: new Date(row.create_time),
              updatedAt: new Date(row.update_time ?? row.create_time),
              channel: null,
              details: {
                status: row.status ?? null,
                state: row.dispute_state ?? null,
                reason: row.reason ?? null,
                stage: row.dispute_life_cycle_stage ?? null,
                amount: amount.value,
              },
            },
          ],
        }
      : null,
});

function nextToken({ body }: Answer): string | null {
  const { next_page_token: token, links = [] } = body as Found;
  if (token) return token;
  const next = links.find(({ rel }) => rel === 'next')?.href;
  return next && URL.canParse(next) ? new URL(next).searchParams.get('next_page_token') : null;
}
