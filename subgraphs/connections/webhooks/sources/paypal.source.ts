import { z } from 'zod';
import { paypal } from '../schemes/paypal.pure.ts';
import { fieldOf, textOf, webhookStream, type WebhookSource } from './webhook-source.ts';

const instant = z.iso.datetime({ offset: true });

const captures = webhookStream({
  name: 'captures',
  basis: 'paid',
  row: z.object({
    id: z.string().min(1).max(100),
    status: z.string(),
    amount: z.object({ value: z.string().max(40), currency_code: z.string().length(3) }),
    create_time: instant,
    update_time: instant.optional(),
    invoice_id: z.string().optional(),
    custom_id: z.string().optional(),
  }),
  // The report brings the same payment with its fees some hours later, under another key; only that one adds up.
  map: ({ id, status, amount, ...row }) => ({
    items: [
      {
        key: id,
        kind: 'event' as const,
        occurredAt: new Date(row.create_time),
        updatedAt: new Date(row.update_time ?? row.create_time),
        channel: null,
        currency: amount.currency_code,
        details: { status, amount: amount.value, invoice: row.invoice_id ?? null, custom: row.custom_id ?? null },
      },
    ],
  }),
});

/** PayPal. Captures are shown at once; sums come from the transaction report, which is hours late. */
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
