import { z } from 'zod';
import { isPlatformFailure } from '../../engine/platform-failure.ts';
import type { Account, Answer, Api, ApiRequest, Json } from '../connector.ts';
import { allPages } from '../kit/account-pages.ts';

const adAccount = z.object({ id: z.string(), name: z.string().nullish(), timezone: z.string().nullish() });
const fundingInstrument = z.object({ currency: z.string().nullish() });

/** Accounts of the user, deleted ones too. Their currency is that of the instruments that fund them. */
export async function xAccounts(api: Api): Promise<Account[]> {
  const list = (cursor?: string): ApiRequest => ({
    url: '/accounts',
    query: { count: 1000, with_deleted: true, cursor },
  });
  const rows = await allPages(api, list(), dataOf, (answer) => {
    const cursor = nextCursor(answer);
    return cursor === null ? null : list(String(cursor));
  });
  const accounts: Account[] = [];
  for (const { id, name, timezone } of z.array(adAccount).parse(rows)) {
    const found = await currencyOf(api, id);
    const account = { id, name: name || id, timeZone: timezone || 'UTC' };
    accounts.push(
      'closed' in found
        ? { ...account, currency: 'USD', state: 'forbidden', note: found.closed }
        : { ...account, currency: found.currency, state: 'ok' },
    );
  }
  return accounts;
}

/** An account that nobody funds spends nothing, so its currency does not matter. */
async function currencyOf(api: Api, id: string): Promise<{ currency: string } | { closed: string }> {
  try {
    const query = { count: 200, with_deleted: true };
    const answer = await api.call({ url: `/accounts/${id}/funding_instruments`, query });
    const instruments = z.array(fundingInstrument).parse(dataOf(answer));
    return { currency: instruments.find(({ currency }) => currency)?.currency ?? 'USD' };
  } catch (error) {
    if (isPlatformFailure(error) && error.failure.class === 'permission') return { closed: error.message };
    throw error;
  }
}

/** The list of an answer. */
export function dataOf({ body }: Answer): readonly unknown[] {
  return (body as { data?: unknown[] }).data ?? [];
}

/** The cursor of the next page; null after the last one. */
export function nextCursor({ body }: Answer): Json | null {
  return (body as { next_cursor?: string | null }).next_cursor ?? null;
}
