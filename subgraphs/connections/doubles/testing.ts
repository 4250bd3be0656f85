interface Choice {
  allow?: boolean;
  /** Accounts to choose; all of the page when absent. */
  accounts?: readonly string[];
}

/**
 * Clicks through the consent page of a double as a browser would, and returns the address it is sent to.
 *
 * @param authorizeUrl the platform's real address
 * @throws Error when the page refuses the request; its message is the page's text
 */
export async function consent(doublesUrl: string, authorizeUrl: string, choice: Choice = {}): Promise<URL> {
  const { allow = true, accounts } = choice;
  const url = localAddress(doublesUrl, authorizeUrl);
  const page = await fetch(url);
  const html = await page.text();
  if (page.status !== 200) throw new Error(/role="alert">([^<]*)</.exec(html)?.[1] ?? html);
  const offered = [...html.matchAll(/name="account" value="([^"]*)"/g)].map(([, id]) => id!);
  const body = new URLSearchParams({ decision: allow ? 'allow' : 'deny' });
  for (const account of accounts ?? offered) body.append('account', account);
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  return new URL(answer.headers.get('location')!);
}

/** Where the server of the doubles serves a real address. */
export function localAddress(doublesUrl: string, realUrl: string): string {
  const { host, pathname, search } = new URL(realUrl);
  return `${doublesUrl}/${host}${pathname}${search}`;
}
