import { z } from 'zod';
import type { Account, Api } from '../connector.ts';
import { allPages } from '../kit/account-pages.ts';
import { afterOf, dataOf } from './insights.ts';

const adAccount = z.object({
  account_id: z.string(),
  name: z.string().default(''),
  currency: z.string(),
  timezone_name: z.string(),
  account_status: z.number().optional(),
});

const fields = 'account_id,name,currency,timezone_name,account_status';

/** Ad accounts that the token sees. Closed ones keep their history, so they are read like others. */
export async function metaAccounts(api: Api): Promise<Account[]> {
  const request = (after?: string) => ({ url: '/me/adaccounts', query: { fields, limit: 100, after } });
  const rows = await allPages(api, request(), dataOf, (answer) => {
    const after = afterOf(answer);
    return after === null ? null : request(after);
  });
  return z
    .array(adAccount)
    .parse(rows)
    .map((account) => ({
      id: account.account_id,
      name: account.name || account.account_id,
      currency: account.currency,
      timeZone: account.timezone_name,
      state: 'ok',
    }));
}
