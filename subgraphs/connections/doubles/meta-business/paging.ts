import { json, type Answer } from '../kit/answer.pure.ts';
import { cursorOf, pageOf, placeOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { badParameter } from './errors.pure.ts';
import { metaToken, type MetaDouble } from './state.ts';

const defaultLimit = 25;
const largestLimit = 5000;

/** A page of a list with Meta's cursors; the address of the next one carries the token, as the real one does. */
export function graphPage(items: readonly unknown[], request: DoubleRequest, { faults }: MetaDouble): Answer {
  const input = request.input();
  const limit = Math.min(largestLimit, Number(input.get('limit') ?? defaultLimit));
  if (!Number.isInteger(limit) || limit < 1) return badParameter('Param limit must be an integer greater than 0');
  const after = input.get('after');
  const start = after === null ? 0 : placeOf(after);
  if (start === null) return badParameter('Invalid cursors values, please provide the right cursors values');
  const page = pageOf(items, start, limit, faults);
  if (page.items.length === 0) return json({ data: [] });
  const end = cursorOf(start + page.items.length);
  const cursors = { before: cursorOf(start), after: page.next === null ? end : cursorOf(page.next) };
  if (page.next === null) return json({ data: page.items, paging: { cursors } });
  const next = new URL(request.url);
  next.searchParams.set('access_token', metaToken(request) ?? '');
  next.searchParams.set('limit', String(limit));
  next.searchParams.set('after', cursors.after);
  return json({ data: page.items, paging: { cursors, next: next.href } });
}

/** Only the fields that were asked for; null when one does not exist. */
export function pick(item: Record<string, unknown>, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.filter((field) => item[field] !== undefined).map((field) => [field, item[field]]));
}

/** The list behind `fields`, or the defaults. */
export function fieldsOf(input: URLSearchParams, defaults: readonly string[]): string[] {
  const asked = (input.get('fields') ?? '').split(',').map((field) => field.trim());
  const fields = asked.filter(Boolean);
  return fields.length > 0 ? fields : [...defaults];
}
