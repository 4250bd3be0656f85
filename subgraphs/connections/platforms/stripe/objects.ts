import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ItemKind } from '@liftos/core/ports/memory.ts';
import type { Json, Stream } from '../connector.ts';
import { createdStream, listed } from './created-stream.ts';

interface Kept {
  name: string;
  title: string;
  kind: ItemKind;
  /** Fields that are kept; none that tells who somebody is. */
  fields: readonly string[];
  query?: Readonly<Record<string, string>>;
  changes: readonly string[];
}

const anyRow = z.looseObject(listed);

/** Objects that say more about a payment, and add nothing to sums. */
function kept({ kind, fields, ...stream }: Kept): Stream {
  return createdStream<z.infer<typeof anyRow>>({
    ...stream,
    row: anyRow,
    toItem: (row) => ({
      key: row.id,
      kind,
      occurredAt: new Date(row.created * 1000),
      updatedAt: null,
      channel: null,
      details: Object.fromEntries(fields.map((name) => [name, plain(row[name])])),
    }),
  });
}

/** Objects within objects may hold anything; they are left out. */
function plain(value: unknown): Json {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

const many = (object: string, ...what: string[]): string[] => what.map((one) => `${object}.${one}`);

export const paymentIntents = kept({
  name: 'payment_intents',
  title: 'Payments that were begun',
  kind: 'event',
  fields: ['status', 'amount', 'currency', 'customer', 'latest_charge'],
  changes: many('payment_intent', 'succeeded', 'canceled', 'payment_failed'),
});

export const invoices = kept({
  name: 'invoices',
  title: 'Invoices',
  kind: 'event',
  fields: ['status', 'total', 'amount_paid', 'currency', 'customer', 'subscription', 'billing_reason'],
  changes: many('invoice', 'paid', 'voided', 'marked_uncollectible', 'finalized', 'payment_failed'),
});

export const subscriptions = kept({
  name: 'subscriptions',
  title: 'Subscriptions',
  kind: 'event',
  fields: ['status', 'currency', 'customer', 'start_date', 'canceled_at', 'ended_at', 'cancel_at_period_end'],
  // Those that ended are hidden otherwise.
  query: { status: 'all' },
  changes: many('customer.subscription', 'updated', 'deleted', 'paused', 'resumed'),
});

export const disputes = kept({
  name: 'disputes',
  title: 'Disputes',
  kind: 'event',
  fields: ['status', 'amount', 'currency', 'charge', 'reason'],
  changes: many('charge.dispute', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated'),
});

const customer = z.looseObject({ ...listed, email: z.string().nullish(), deleted: z.boolean().nullish() });

/** Customers without their names; the address is kept as a hash, to find the same person elsewhere. */
export const customers = createdStream<z.infer<typeof customer>>({
  name: 'customers',
  title: 'Customers',
  row: customer,
  changes: many('customer', 'updated', 'deleted'),
  toItem: ({ id, created, email, deleted }) => ({
    key: id,
    kind: 'contact',
    occurredAt: new Date(created * 1000),
    updatedAt: null,
    ...(deleted ? { deleted: true } : {}),
    channel: null,
    details: { emailHash: email ? createHash('sha256').update(email.trim().toLowerCase()).digest('hex') : null },
  }),
});
