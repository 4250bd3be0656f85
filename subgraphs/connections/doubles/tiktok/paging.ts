import type { Answer } from '../kit/answer.pure.ts';
import { pageOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { badParameter, success } from './errors.pure.ts';
import type { TiktokDouble } from './state.ts';

const usualPageSize = 10;
const largestPageSize = 1000;

/** A page of a list with TikTok's `page_info`; `more` stands beside the list. */
export function pagedList(
  items: readonly unknown[],
  { query }: DoubleRequest,
  { faults }: TiktokDouble,
  more: Record<string, unknown> = {},
): Answer {
  const page = Number(query.get('page') ?? 1);
  const size = Number(query.get('page_size') ?? usualPageSize);
  if (!Number.isInteger(page) || page < 1) return badParameter('page: must be greater than or equal to 1');
  if (!Number.isInteger(size) || size < 1 || size > largestPageSize)
    return badParameter(`page_size: must be between 1 and ${largestPageSize}`);
  return success({
    list: pageOf(items, (page - 1) * size, size, faults).items,
    page_info: { page, page_size: size, total_number: items.length, total_page: Math.ceil(items.length / size) },
    ...more,
  });
}
