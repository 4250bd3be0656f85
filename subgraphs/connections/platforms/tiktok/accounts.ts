import { z } from 'zod';
import { isPlatformFailure } from '../../engine/platform-failure.ts';
import type { Account, Answer, Api } from '../connector.ts';

const advertiser = z.object({ advertiser_id: z.coerce.string(), advertiser_name: z.string().default('') });
const details = z.object({
  advertiser_id: z.coerce.string(),
  name: z.string().default(''),
  currency: z.string(),
  timezone: z.string().optional(),
  display_timezone: z.string().optional(),
});

type Advertiser = z.infer<typeof advertiser>;
type Details = z.infer<typeof details>;

/** Advertisers of one question for details. */
const atOnce = 100;

/** Advertisers that the user chose. One that is closed is told apart by asking for each alone. */
export async function tiktokAccounts(api: Api): Promise<Account[]> {
  const answer = await api.call({ url: '/oauth2/advertiser/get/' });
  const advertisers = z.array(advertiser).parse(listOf(answer));
  const accounts: Account[] = [];
  for (let start = 0; start < advertisers.length; start += atOnce) {
    accounts.push(...(await describe(api, advertisers.slice(start, start + atOnce))));
  }
  return accounts;
}

async function describe(api: Api, advertisers: readonly Advertiser[]): Promise<Account[]> {
  try {
    const ids = advertisers.map(({ advertiser_id: id }) => id);
    const fields = ['advertiser_id', 'name', 'currency', 'timezone', 'display_timezone'];
    const query = { advertiser_ids: JSON.stringify(ids), fields: JSON.stringify(fields) };
    const found = z.array(details).parse(listOf(await api.call({ url: '/advertiser/info/', query })));
    return advertisers.map((one) => accountOf(one, found));
  } catch (error) {
    if (!isPlatformFailure(error) || error.failure.class !== 'permission') throw error;
    if (advertisers.length === 1) return [closed(advertisers[0]!, error.message)];
    const parts: Account[] = [];
    for (const one of advertisers) parts.push(...(await describe(api, [one])));
    return parts;
  }
}

function accountOf(one: Advertiser, found: readonly Details[]): Account {
  const known = found.find(({ advertiser_id: id }) => id === one.advertiser_id);
  if (!known) return closed(one, 'TikTok tells nothing about this advertiser.');
  const zone = [known.display_timezone, known.timezone].find((name) => name !== undefined && isZone(name));
  return {
    id: known.advertiser_id,
    name: known.name || one.advertiser_name || known.advertiser_id,
    currency: known.currency,
    timeZone: zone ?? 'UTC',
    state: 'ok',
  };
}

function closed({ advertiser_id: id, advertiser_name: name }: Advertiser, note: string): Account {
  return { id, name: name || id, currency: 'USD', timeZone: 'UTC', state: 'forbidden', note };
}

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** The list of an answer. */
export function listOf({ body }: Answer): readonly unknown[] {
  return (body as { data?: { list?: unknown[] } }).data?.list ?? [];
}
