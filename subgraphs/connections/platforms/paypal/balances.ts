import { z } from 'zod';
import { AppError } from '@liftos/core/errors.ts';
import { dayIn } from '../../sync/plan-slices.pure.ts';
import type { Account, Api } from '../connector.ts';
import { defineStream } from '../connector.ts';

const money = z.looseObject({ currency_code: z.string(), value: z.string() });
const balance = z.looseObject({
  currency: z.string(),
  total_balance: money,
  available_balance: money.optional(),
  withheld_balance: money.optional(),
});

const answer = z.looseObject({ account_id: z.string(), balances: z.array(balance) });

/** Each currency of the merchant is an account, as figures in different currencies never add up. */
export async function paypalAccounts(api: Api): Promise<Account[]> {
  const timeZone = knownZone(api.settings['timeZone'] || 'UTC');
  const { body } = await api.call({ url: '/reporting/balances', query: { currency_code: 'ALL' } });
  const { account_id: number, balances } = answer.parse(body);
  return balances.map(({ currency }) => ({
    id: `${number}/${currency}`,
    name: `PayPal ${number} in ${currency}`,
    currency,
    timeZone,
    state: 'ok',
  }));
}

/** Throws BAD_USER_INPUT for a zone that does not exist. */
function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError('BAD_USER_INPUT', `There is no time zone ${timeZone}.`, { field: 'timeZone' });
  }
}

/** What the account holds, once a day. */
export const dailyBalances = defineStream<z.infer<typeof balance>>({
  name: 'balances',
  title: 'Balances',
  delivers: ['items'],
  basis: 'paid',
  key: ['currency'],
  row: balance,
  cursor: { by: 'none' },
  pageSize: 0,
  request: ({ account }) => ({ url: '/reporting/balances', query: { currency_code: account.currency } }),
  rows: ({ body }) => (body as { balances?: unknown[] }).balances ?? [],
  next: () => null,
  map: ({ total_balance: total, available_balance: available, withheld_balance: withheld }, { now, account }) => {
    const day = dayIn(now, account.timeZone);
    return {
      items: [
        {
          key: day,
          kind: 'event',
          date: day,
          occurredAt: new Date(`${day}T12:00:00Z`),
          updatedAt: null,
          channel: null,
          details: { total: total.value, available: available?.value ?? null, withheld: withheld?.value ?? null },
        },
      ],
    };
  },
});
