import { z } from 'zod';
import { micros } from '../../platforms/kit/money.pure.ts';
import { paypal } from '../schemes/paypal.pure.ts';
import { fieldOf, textOf, webhookStream, type WebhookSource } from './webhook-source.ts';

const instant = z.iso.datetime({ offset: true });

const captures = webhookStream({
  name: 'captures',
  basis: 'paid',
  row: z.object({
    id: z.string().min(1).max(100),
    status: z.string(),
    amount: z.object({ value: z.string().regex(/^-?\d{1,12}(?:\.\d{1,6})?$/), currency_code: z.string().length(3) }),
    create_time: instant,
    update_time: instant.optional(),
    invoice_id: z.string().optional(),
    custom_id: z.string().optional(),
  }),
  map: (row) => ({
    items: [
      {
        key: row.id,
        kind: 'payment' as const,
        occurredAt: new Date(row.create_time),
        updatedAt: new Date(row.update_time ?? row.create_time),
        // The report brings the same payment with its fees some hours later; only that one counts in the daily figures.
        channel: null,
        currency: row.amount.currency_code,
        conversions: row.status === 'COMPLETED' ? 1 : 0,
        revenue: row.status === 'COMPLETED' ? micros(row.amount.value) : 0n,
        details: { status: row.status, invoice: row.invoice_id ?? null, custom: row.custom_id ?? null },
      },
    ],
  }),
});

/** PayPal. Captures are shown at once; daily figures come from the transaction report, which is hours late. */
export const paypalSource: WebhookSource = {
  kind: 'PAYPAL',
  platform: 'paypal',
  scheme: paypal,
  secretFrom: 'platform',
  headers: [],
  streams: [captures],
  identify: (_, body) => ({ id: textOf(body, 'id'), event: textOf(body, 'event_type') ?? 'unknown' }),
  read({ event, body }) {
    // Refunds and reversals name the capture in their links only.
    const isCapture = event.startsWith('PAYMENT.CAPTURE.') && !/REFUNDED|REVERSED/.test(event);
    if (isCapture) return { rows: [{ stream: 'captures', row: fieldOf(body, 'resource') }] };
    return { sync: event.startsWith('PAYMENT.') };
  },
};
