import { z } from 'zod';
import { isPlatformFailure } from '../../engine/platform-failure.ts';
import type { Account, Api, ApiRequest } from '../connector.ts';
import { allPages } from '../kit/account-pages.ts';
import { elementsOf, idOfUrn, nextToken, restliUrl } from './restli.pure.ts';

const adAccount = z.object({ id: z.coerce.string(), name: z.string().default(''), currency: z.string() });
const role = z.object({ account: z.string() });
const paging = z.object({ paging: z.object({ start: z.number(), count: z.number(), total: z.number().optional() }) });

const usersAtOnce = 500;

/**
 * Accounts that are listed. Reports of accounts in which the user has no role are empty instead of refused, so roles are
 * looked up, and where there is none, whether campaigns are shown.
 */
export async function linkedinAccounts(api: Api): Promise<Account[]> {
  const list = (pageToken?: string): ApiRequest => ({
    url: restliUrl('/adAccounts', { q: 'search', pageSize: 1000, pageToken }),
  });
  const rows = await allPages(api, list(), elementsOf, (answer) => {
    const token = nextToken(answer);
    return token === null ? null : list(encodeURIComponent(String(token)));
  });
  const withRole = await accountsWithRole(api);
  const accounts: Account[] = [];
  for (const { id, name, currency } of z.array(adAccount).parse(rows)) {
    const account: Account = { id, name: name || id, currency, timeZone: 'UTC', state: 'ok' };
    const note = withRole.has(id) ? null : await whyClosed(api, id);
    accounts.push(note === null ? account : { ...account, state: 'forbidden', note });
  }
  return accounts;
}

async function accountsWithRole(api: Api): Promise<Set<string>> {
  const users = (start: number): ApiRequest => ({
    url: restliUrl('/adAccountUsers', { q: 'authenticatedUser', start, count: usersAtOnce }),
  });
  const rows = await allPages(api, users(0), elementsOf, (answer) => {
    const { start, count } = paging.parse(answer.body).paging;
    return elementsOf(answer).length < count ? null : users(start + count);
  });
  return new Set(
    z
      .array(role)
      .parse(rows)
      .map(({ account }) => idOfUrn(account)),
  );
}

/** A role may also come from a business that shares the account; then its campaign groups are shown. */
async function whyClosed(api: Api, id: string): Promise<string | null> {
  const nothing = 'Your LinkedIn user has no role in this account.';
  try {
    const url = restliUrl(`/adAccounts/${id}/adCampaignGroups`, { q: 'search', pageSize: 1 });
    return elementsOf(await api.call({ url })).length > 0 ? null : nothing;
  } catch (error) {
    if (isPlatformFailure(error) && error.failure.class === 'permission') return nothing;
    throw error;
  }
}
