import { For, Show, createEffect, createMemo, on } from 'solid-js';
import { activity } from '../../data/activity.ts';
import { type Query, createQuery } from '../../data/query.ts';
import { viewer } from '../../data/session.ts';
import { Banner } from '../../ui/banner.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { MockBanner } from '../../ui/mock-banner.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time, days } from '../../ui/time.tsx';
import { ActivityCard } from './activity-card.tsx';
import { ChannelsCard } from './channels-card.tsx';
import { GettingStarted, stepsOf } from './getting-started.tsx';
import { HealthCard } from './health-card.tsx';
import { type HubFilter, createHubFilter } from './hub-filter.ts';
import { HubStartDocument, type HubStartQuery, HubTotalsDocument, type HubTotalsQuery } from './hub.generated.ts';
import { NoFigures } from './no-figures.tsx';
import { currenciesIn, sumCurrency } from './one-currency.ts';
import { TotalsCards } from './totals-cards.tsx';
import { TrendCard } from './trend-card.tsx';

/** What to know about the sums, and in which currency they are when there are several. */
function Notes(props: { notes: string[]; currencies: string[]; currency: string; onCurrency: (code: string) => void }) {
  return (
    <Show when={props.notes.length > 0 || props.currencies.length > 1}>
      <Banner
        tone="info"
        actions={
          <Show when={props.currencies.length > 1}>
            <Segmented
              label="Currency of the figures"
              value={props.currency}
              options={props.currencies.map((code) => ({ value: code, label: code }))}
              onChange={props.onCurrency}
            />
          </Show>
        }
      >
        <ul>
          <For each={props.notes}>{(note) => <li>{note}</li>}</For>
        </ul>
      </Banner>
    </Show>
  );
}

function Sums(props: { data: HubTotalsQuery; filter: HubFilter }) {
  const currencies = createMemo(() => currenciesIn(props.data.series.rows, viewer()?.organization.currency));
  const currency = () => currencies().find((code) => code === props.filter.currency()) ?? currencies()[0] ?? '';
  const now = createMemo(() => sumCurrency(props.data.series.rows, currency()));
  const before = createMemo(() => sumCurrency(props.data.previous.rows, currency()));
  return (
    <div class="flex flex-col gap-4">
      <Notes
        notes={props.data.series.notes}
        currencies={currencies()}
        currency={currency()}
        onCurrency={(code) => props.filter.set({ currency: code })}
      />
      <TotalsCards now={now()} before={before()} />
      <TrendCard
        rows={props.data.series.rows.filter((row) => row.spend.currency === currency())}
        filter={props.filter}
      />
      <ChannelsCard rows={props.data.channels.rows} />
    </div>
  );
}

function Figures(props: { totals: Query<HubTotalsQuery>; start: HubStartQuery | undefined; filter: HubFilter }) {
  return (
    <DataState
      of={props.totals}
      skeleton={<Skeleton rows={8} class="card" />}
      isEmpty={(data) => data.series.rows.length === 0}
      empty={<NoFigures filter={props.filter} start={props.start} />}
    >
      {(data) => <Sums data={data()} filter={props.filter} />}
    </DataState>
  );
}

function SourceSwitch(props: { filter: HubFilter }) {
  return (
    <Segmented
      label="Source of the figures"
      value={props.filter.mock() ? 'mock' : 'real'}
      options={[
        { value: 'real', label: 'Live and files' },
        { value: 'mock', label: 'Mock' },
      ]}
      onChange={(source) => props.filter.set({ source: source === 'mock' ? 'mock' : null })}
    />
  );
}

/** The first screen: what was spent and earned, what is going on, and whether all is well. */
export function HubPage() {
  const filter = createHubFilter();
  const start = createQuery(HubStartDocument, () => ({}));
  const totals = createQuery(HubTotalsDocument, filter.variables);
  // Data that arrives or an analysis that ends changes what stands here.
  createEffect(
    on(
      () => activity.items()[0]?.sequence,
      (now, before) => {
        if (before === undefined || now === before) return;
        totals.refetch();
        start.refetch();
      },
    ),
  );
  const asOf = () => totals.data()?.series.asOf;
  const open = () => start.data() && stepsOf(start.data()!).some((step) => !step.done);
  return (
    <Page
      title="Hub"
      status={
        <>
          {days(filter.range().from, filter.range().to)}
          <Show when={asOf()}>
            {' '}
            · newest data <Time at={asOf()} />
          </Show>
        </>
      }
      actions={<SourceSwitch filter={filter} />}
      above={<MockBanner when={filter.mock()} />}
    >
      <Show when={open()}>
        <GettingStarted start={start.data()!} />
      </Show>
      <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_360px]">
        <Figures totals={totals} start={start.data()} filter={filter} />
        <div class="grid grid-cols-1 content-start gap-4 lg:max-xl:grid-cols-2">
          <ActivityCard />
          <HealthCard />
        </div>
      </div>
    </Page>
  );
}
