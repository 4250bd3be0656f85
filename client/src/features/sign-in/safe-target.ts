/** Where to go after signing in: a path of this site, never another site's address. */
export function safeTarget(next: string | undefined): string {
  if (!next || !/^\/(?![/\\])/.test(next)) return '/hub';
  return /^\/(sign-in|join)\b/.test(next) ? '/hub' : next;
}
