/**
 * The address to hand over. A server that was not told under which address people reach it answers with
 * `http://localhost`; then the address of this page, which evidently works, takes its place.
 */
export function reachableLink(link: string, origin: string): string {
  const url = new URL(link);
  return url.origin === 'http://localhost' ? new URL(url.pathname + url.search, origin).href : link;
}
