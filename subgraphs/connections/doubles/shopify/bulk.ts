import { json, text, type Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { listOf } from './lists.ts';
import { shopOf, type BulkJob, type ShopifyDouble } from './state.ts';

/** A job runs for so long. */
const runsMs = 5000;

/** `bulkOperationRunQuery`: one at a time in a shop. */
export function startBulk(query: string, shop: AccountTruth, double: ShopifyDouble): Answer {
  const { state, clock } = double;
  const running = [...state.bulk.values()].find((job) => job.shop === shop.id && !isDone(job, double));
  if (running) {
    const message = `A bulk query operation for this app and shop is already in progress: ${running.id}.`;
    return answer({ bulkOperation: null, userErrors: [{ code: 'OPERATION_IN_PROGRESS', field: null, message }] });
  }
  const id = `gid://shopify/BulkOperation/${1000 + state.bulk.size}`;
  state.bulk.set(id, { id, shop: shop.id, query, createdAt: clock.now() });
  const bulkOperation = { id, status: 'CREATED', createdAt: new Date(clock.now()).toISOString() };
  return answer({ bulkOperation, userErrors: [] });
}

function answer(bulkOperationRunQuery: Record<string, unknown>): Answer {
  return json({ data: { bulkOperationRunQuery } });
}

function isDone({ createdAt }: BulkJob, { clock }: ShopifyDouble): boolean {
  return clock.now() >= createdAt + runsMs;
}

/** `node(id)` of a job. */
export function bulkNode(id: string, shop: AccountTruth, double: ShopifyDouble): Answer {
  const job = double.state.bulk.get(id);
  if (!job || job.shop !== shop.id) return json({ data: { node: null } });
  const done = isDone(job, double);
  const url = `https://storage.googleapis.com/shopify-tiers-assets/${shop.id}/${id.split('/').at(-1)}.jsonl`;
  const node = {
    id,
    status: done ? 'COMPLETED' : 'RUNNING',
    errorCode: null,
    createdAt: new Date(job.createdAt).toISOString(),
    objectCount: done ? String(linesOf(job, shop, double).length) : '0',
    url: done ? url : null,
    partialDataUrl: null,
  };
  return json({ data: { node } });
}

/** The file of a job: a line for each object; those that belong to another one name it in `__parentId`. */
export function bulkFile(request: DoubleRequest, double: ShopifyDouble): Answer {
  const id = `gid://shopify/BulkOperation/${request.params.file?.replace('.jsonl', '')}`;
  const job = double.state.bulk.get(id);
  const shop = job && double.state.orders.account(job.shop);
  if (!job || !shop || request.params.bucket !== job.shop) return text('<Error><Code>NoSuchKey</Code></Error>', 404);
  return text(`${linesOf(job, shop, double).join('\n')}\n`, 200, { 'content-type': 'application/jsonl' });
}

function linesOf({ query }: BulkJob, shop: AccountTruth, double: ShopifyDouble): string[] {
  const field = /\b(orders|customers|products)\b/.exec(query)?.[1] ?? '';
  const search = /query:\s*"([^"]*)"/.exec(query)?.[1] ?? '';
  return listOf(field, shop, search, double).flatMap(({ refunds, ...node }) => [
    JSON.stringify(node),
    ...((refunds as Record<string, unknown>[] | undefined) ?? []).map((refund) =>
      JSON.stringify({ ...refund, __parentId: node['id'] }),
    ),
  ]);
}

/** The shop that a request for data is about; its existence was checked before. */
export function shopAsked(request: DoubleRequest, double: ShopifyDouble): AccountTruth {
  return shopOf(request, double)!;
}
