import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Answer, Mapped, Stream } from '../connector.ts';
import { defineStream } from '../connector.ts';

interface Options<Row> {
  name: string;
  title: string;
  delivers: Stream['delivers'];
  row: z.ZodType<Row>;
  map(row: Row): Mapped;
}

/** A list that is read whole, by id. */
function wholeList<Row>(options: Options<Row>): Stream {
  const { name } = options;
  return defineStream<Row>({
    ...options,
    basis: 'booked',
    key: ['id'],
    cursor: { by: 'none' },
    pageSize: 100,
    request: ({ pageSize }, at) => ({
      url: `/${name}`,
      query: { orderby: 'id', order: 'asc', per_page: pageSize, page: (at as number | null) ?? 1 },
    }),
    rows: ({ body }) => body as unknown[],
    next: ({ headers }: Answer, _, at) => {
      const page = (at as number | null) ?? 1;
      return page < Number(headers['x-wp-totalpages'] ?? 0) ? page + 1 : null;
    },
  });
}

const customer = z.looseObject({ id: z.number(), date_created_gmt: z.string(), email: z.string().nullish() });

/** Customers without their names; the address is kept as a hash, to find the same person elsewhere. */
export const customers = wholeList<z.infer<typeof customer>>({
  name: 'customers',
  title: 'Customers',
  delivers: ['items'],
  row: customer,
  map: ({ id, date_created_gmt: made, email }) => ({
    items: [
      {
        key: String(id),
        kind: 'contact',
        occurredAt: new Date(`${made}Z`),
        updatedAt: null,
        channel: null,
        details: { emailHash: email ? createHash('sha256').update(email.trim().toLowerCase()).digest('hex') : null },
      },
    ],
  }),
});

const product = z.looseObject({ id: z.number(), name: z.string(), status: z.string().nullish() });

export const products = wholeList<z.infer<typeof product>>({
  name: 'products',
  title: 'Products',
  delivers: ['entities'],
  row: product,
  map: ({ id, name, status }) => ({ entities: [{ type: 'product', id: String(id), name, status: status ?? null }] }),
});

const coupon = z.looseObject({ id: z.number(), code: z.string(), status: z.string().nullish() });

export const coupons = wholeList<z.infer<typeof coupon>>({
  name: 'coupons',
  title: 'Coupons',
  delivers: ['entities'],
  row: coupon,
  map: ({ id, code, status }) => ({
    entities: [{ type: 'coupon', id: String(id), name: code, status: status ?? null }],
  }),
});
