/** `/v{version}/act_{account}/ads` as a matcher: each `{name}` catches what is there up to the next slash. */
export function pathMatcher(pattern: string): (path: string) => Record<string, string> | null {
  return matcher(pattern, '[^/]+', '');
}

/** `{shop}.myshopify.com` as a matcher: each `{name}` catches one label of a host. */
export function hostMatcher(pattern: string): (host: string) => Record<string, string> | null {
  return matcher(pattern, '[^./]+', 'i');
}

function matcher(pattern: string, part: string, flags: string): (text: string) => Record<string, string> | null {
  const source = pattern.replaceAll(/\{(\w+)\}|[^{]+|\{/g, (piece, name: string | undefined) =>
    name === undefined ? piece.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`) : `(?<${name}>${part})`,
  );
  const expression = new RegExp(`^${source}$`, flags);
  return (text) => {
    const found = expression.exec(text);
    return found && Object.fromEntries(Object.entries(found.groups ?? {}).map(([k, v]) => [k, safeDecode(v)]));
  };
}

function safeDecode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
