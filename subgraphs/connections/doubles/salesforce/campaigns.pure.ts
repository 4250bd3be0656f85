import { createHash } from 'node:crypto';
import type { ChannelTruth } from '../../mock/worlds.pure.ts';
import type { Row } from './soql.pure.ts';

const plannedDays = 90;

/** A campaign; the same name always has the same id. */
export function channelRow(channel: ChannelTruth, name: string, currency: string): Row {
  const digits = createHash('sha256').update(name).digest('hex').slice(0, 12);
  const cost = channel.dailySpend * plannedDays;
  return {
    Id: `701${digits}AAA`,
    Name: name,
    Type: channel.channel,
    Status: 'In Progress',
    StartDate: '2026-09-01',
    EndDate: '2026-11-30',
    ActualCost: cost,
    BudgetedCost: Math.round(cost * 1.1),
    ...(currency === '' ? {} : { CurrencyIsoCode: currency }),
    IsDeleted: false,
    CreatedDate: '2026-08-20T08:00:00.000+0000',
    SystemModstamp: '2026-09-01T08:00:00.000+0000',
  };
}
