import { createHash } from 'node:crypto';
import { z } from 'zod';
import { connectionStream } from './connection-stream.ts';

const customer = z.looseObject({
  id: z.string(),
  legacyResourceId: z.string(),
  createdAt: z.iso.datetime({ offset: true }),
  updatedAt: z.iso.datetime({ offset: true }),
  numberOfOrders: z.union([z.string(), z.number()]).nullish(),
  defaultEmailAddress: z.looseObject({ emailAddress: z.string().nullish() }).nullish(),
});

/** Customers without their names; the address is kept as a hash, to find the same person elsewhere. */
export const customers = connectionStream<z.infer<typeof customer>>({
  field: 'customers',
  title: 'Customers',
  delivers: ['items'],
  scopes: ['read_customers'],
  row: customer,
  fields: 'id legacyResourceId createdAt updatedAt numberOfOrders defaultEmailAddress { emailAddress }',
  pageSize: 100,
  map: (row) => ({
    items: [
      {
        key: row.legacyResourceId,
        kind: 'contact',
        occurredAt: new Date(row.createdAt),
        updatedAt: new Date(row.updatedAt),
        channel: null,
        details: {
          emailHash: hashOf(row.defaultEmailAddress?.emailAddress),
          orders: row.numberOfOrders === null || row.numberOfOrders === undefined ? null : Number(row.numberOfOrders),
        },
      },
    ],
  }),
});

function hashOf(email: string | null | undefined): string | null {
  return email ? createHash('sha256').update(email.trim().toLowerCase()).digest('hex') : null;
}

const product = z.looseObject({
  id: z.string(),
  legacyResourceId: z.string(),
  title: z.string(),
  status: z.string().nullish(),
});

export const products = connectionStream<z.infer<typeof product>>({
  field: 'products',
  title: 'Products',
  delivers: ['entities'],
  scopes: ['read_products'],
  row: product,
  fields: 'id legacyResourceId title status',
  pageSize: 100,
  map: ({ legacyResourceId: id, title, status }) => ({
    entities: [{ type: 'product', id, name: title, status: status ?? null }],
  }),
});
