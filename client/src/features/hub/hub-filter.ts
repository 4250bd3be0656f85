import { timeZone, useQuery } from '../../data/url.ts';
import { type DayRange, dayIn, grainOf, parseRange, rangeBefore } from '../../ui/range.ts';
import type { HubTotalsQueryVariables } from './hub.generated.ts';

export type Metric = 'money' | 'roas' | 'conversions';

/** What the hub shows, read from the address and written back to it. */
export interface HubFilter {
  mock(): boolean;
  range(): DayRange;
  metric(): Metric;
  view(): 'chart' | 'table';
  /** The currency that was asked for; there may be no amounts in it. */
  currency(): string | undefined;
  variables(): HubTotalsQueryVariables;
  set(values: Record<string, string | null>): void;
}

export function createHubFilter(): HubFilter {
  const query = useQuery();
  const today = dayIn(Date.now(), timeZone());
  const mock = () => query.get('source') === 'mock';
  const range = () =>
    parseRange(query.get('from') ?? 'now-89d', query.get('to') ?? 'now', today) ?? parseRange('now-89d', 'now', today)!;
  return {
    mock,
    range,
    metric: () =>
      ['roas', 'conversions'].includes(query.get('metric') ?? '') ? (query.get('metric') as Metric) : 'money',
    view: () => (query.get('view') === 'table' ? 'table' : 'chart'),
    currency: () => query.get('currency'),
    variables: () => ({
      range: range(),
      before: rangeBefore(range()),
      groupBy: grainOf(range()),
      filter: mock() ? { sourceKinds: ['MOCK'] } : null,
    }),
    set: (values) => query.set(values, true),
  };
}
