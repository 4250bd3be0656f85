/**
 * The items of a page, at most `asked` and the limit of `pageRows`. With `duplicateBoundary` the last item of the page before comes again, as it does on platforms
 * whose data moves while it is paged.
 */
export function pageOf<T>(
  items: readonly T[],
  start: number,
  asked: number,
  { duplicateBoundary, pageRows }: { duplicateBoundary: boolean; pageRows: number | null },
): { items: readonly T[]; next: number | null } {
  const size = Math.min(asked, pageRows ?? asked);
  const from = duplicateBoundary && start > 0 ? start - 1 : start;
  const next = start + size;
  return { items: items.slice(from, next), next: next < items.length ? next : null };
}

/** An opaque cursor for a place in a list. */
export function cursorOf(place: number): string {
  return Buffer.from(`place:${place}`).toString('base64url');
}

/** The place a cursor stands for; null when it is none of ours. */
export function placeOf(cursor: string): number | null {
  const found = /^place:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return found && Number(found[1]);
}
