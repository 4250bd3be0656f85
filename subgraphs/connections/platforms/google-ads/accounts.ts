import { z } from 'zod';
import { isPlatformFailure } from '../../engine/platform-failure.ts';
import type { Account, Api } from '../connector.ts';
import { allPages } from '../kit/account-pages.ts';
import { nextTokenOf, resultsOf, search } from './query.ts';

const roots = z.object({ resourceNames: z.array(z.string()).default([]) });

const clientRow = z.object({
  customerClient: z.looseObject({
    id: z.string(),
    descriptiveName: z.string().default(''),
    level: z.string().default('0'),
    manager: z.boolean().default(false),
    currencyCode: z.string().default('USD'),
    timeZone: z.string().default('UTC'),
    status: z.string().default('ENABLED'),
  }),
});

type Client = z.infer<typeof clientRow>['customerClient'];

const clientsQuery = `SELECT customer_client.id, customer_client.descriptive_name, customer_client.level,
  customer_client.manager, customer_client.currency_code, customer_client.time_zone, customer_client.status
  FROM customer_client`;

/** Every customer that can be reached, each by the shortest way: directly or through a manager. */
export async function googleAccounts(api: Api): Promise<Account[]> {
  const { resourceNames } = roots.parse((await api.call({ url: '/customers:listAccessibleCustomers' })).body);
  const found = new Map<string, { account: Account; level: number }>();
  for (const root of resourceNames.map((name) => name.replace('customers/', ''))) {
    for (const { account, level } of await under(api, root)) {
      const known = found.get(account.id);
      const isBetter = known?.account.state === 'forbidden' || level < (known?.level ?? Infinity);
      if (isBetter) found.set(account.id, { account, level });
    }
  }
  return [...found.values()].map(({ account }) => account);
}

async function under(api: Api, root: string): Promise<{ account: Account; level: number }[]> {
  try {
    const at = { id: root };
    const rows = await allPages(api, search(at, clientsQuery), resultsOf, (answer) => {
      const token = nextTokenOf(answer);
      return token === null ? null : search(at, clientsQuery, token);
    });
    return rows.map((row) => {
      const { customerClient: client } = clientRow.parse(row);
      return { account: accountOf(client, root), level: Number(client.level) };
    });
  } catch (error) {
    if (!isPlatformFailure(error) || error.failure.class !== 'permission') throw error;
    const closed = {
      id: root,
      name: root,
      currency: 'USD',
      timeZone: 'UTC',
      state: 'forbidden',
      note: error.message,
    } as const;
    return [{ account: closed, level: 0 }];
  }
}

function accountOf(client: Client, root: string): Account {
  const { id, descriptiveName: name, currencyCode: currency, timeZone } = client;
  const account = { id, name: name || id, currency, timeZone, extra: { loginCustomerId: root } };
  if (client.manager) return { ...account, state: 'skipped', note: 'A manager account has no figures of its own.' };
  if (client.status !== 'ENABLED')
    return { ...account, state: 'skipped', note: `The account is ${client.status.toLowerCase()}.` };
  return { ...account, state: 'ok' };
}
