import { Match, Show, Suspense, Switch, createEffect, createMemo, lazy, on } from 'solid-js';
import type { Query } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { useQuery } from '../../../data/url.ts';
import { Card } from '../../../ui/card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Facts } from '../../../ui/facts.tsx';
import type { DayRange } from '../../../ui/range.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { Time } from '../../../ui/time.tsx';
import type { ConnectionQuery } from '../connections.generated.ts';
import { CoverageText } from '../coverage-text.tsx';
import { StateBadge } from '../state-badge.tsx';
import { activities, isRunning, results } from '../states.ts';
import type { SyncEvent } from '../sync-events.ts';
import { HealthCard } from './health-card.tsx';
import { KnownTruthCard } from './known-truth-card.tsx';
import { RunsList } from './runs-list.tsx';
import { ScheduleCard } from './schedule-card.tsx';
import { SyncRunPanel } from './sync-run-panel.tsx';

const DaysSection = lazy(async () => ({ default: (await import('./days/days-section.tsx')).DaysSection }));
const StreamsSection = lazy(async () => ({ default: (await import('./days/streams-section.tsx')).StreamsSection }));
const FiguresSection = lazy(async () => ({ default: (await import('./figures/figures-section.tsx')).FiguresSection }));
const BatchesCard = lazy(async () => ({ default: (await import('./figures/batches-card.tsx')).BatchesCard }));
const AccessSection = lazy(async () => ({ default: (await import('../access/access-section.tsx')).AccessSection }));
const SettingsSection = lazy(async () => ({ default: (await import('./settings-section.tsx')).SettingsSection }));
const AnswersSection = lazy(async () => ({ default: (await import('./answers/answers-section.tsx')).AnswersSection }));

type Connection = NonNullable<ConnectionQuery['connection']>;

interface Shown {
  connection: Connection;
  event: SyncEvent | undefined;
  query: Query<ConnectionQuery>;
  start: () => void;
  onRun: (run: string) => void;
  onReadAgain: (range: DayRange) => void;
}

function Summary(props: { connection: Connection }) {
  return (
    <Card title="Summary">
      <Facts
        items={[
          ['Last result', <StateBadge of={results[props.connection.lastResult]} />],
          ['Now', <StateBadge of={activities[props.connection.activity]} />],
          ['Last sync', <Time at={props.connection.lastSyncAt} />],
          ['Stored', <CoverageText of={props.connection.coverage} />],
          ['Data arrived', <Time at={props.connection.coverage?.lastIngestedAt} />],
          ['Currency', props.connection.currency],
          ['Time zone', props.connection.timeZone],
          ['Created', <Time at={props.connection.createdAt} />],
        ]}
      />
    </Card>
  );
}

function SyncTab(props: Shown & { chosen: string | undefined; onRepair: () => void }) {
  const runs = () => props.connection.syncs.edges.map((edge) => edge.node);
  return (
    <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_360px]">
      <div class="flex min-w-0 flex-col gap-4">
        <Card title="Sync" flush>
          <Show
            when={props.chosen}
            keyed
            fallback={<EmptyState title="Never synced">The first sync brings in everything there is.</EmptyState>}
          >
            {(id) => <SyncRunPanel id={id} event={props.event} onRepair={props.onRepair} onRetry={props.start} />}
          </Show>
        </Card>
        <Show when={props.connection.mode === 'MOCK' && props.connection.knownTruth}>
          <KnownTruthCard truth={props.connection.knownTruth} />
        </Show>
      </div>
      <div class="grid grid-cols-1 content-start gap-4 md:max-xl:grid-cols-2">
        <Summary connection={props.connection} />
        <HealthCard health={props.connection.health} />
        <Card title="Runs" flush>
          <RunsList runs={runs()} chosen={props.chosen} onChoose={props.onRun} />
        </Card>
        <Show when={props.connection.mode !== 'FILE'}>
          <ScheduleCard connection={props.connection} onChange={() => props.query.refetch()} />
        </Show>
      </div>
    </div>
  );
}

function tabsOf(connection: Connection): { value: string; label: string }[] {
  const isFile = connection.mode === 'FILE';
  const isLive = !isFile && connection.mode !== 'MOCK';
  return [
    { value: 'sync', label: 'Sync' },
    { value: 'figures', label: 'Figures' },
    ...(isFile
      ? []
      : [
          { value: 'days', label: 'Completeness' },
          { value: 'streams', label: 'Streams' },
        ]),
    ...(may('connections:write') && isLive ? [{ value: 'answers', label: 'Raw answers' }] : []),
    ...(isLive ? [{ value: 'access', label: 'Access and accounts' }] : []),
    ...(may('connections:write') ? [{ value: 'settings', label: 'Settings' }] : []),
  ];
}

/** The part that is looked at; all but the first are loaded when they are. */
function Part(props: Shown & { tab: string; chosen: string | undefined; stamp: string | null; onRepair: () => void }) {
  return (
    <Switch>
      <Match when={props.tab === 'sync'}>
        <SyncTab {...props} />
      </Match>
      <Match when={props.tab === 'figures'}>
        <div class="flex flex-col gap-4">
          <FiguresSection
            connectionId={props.connection.id}
            name={props.connection.name}
            isMock={props.connection.mode === 'MOCK'}
            stamp={props.stamp}
          />
          <BatchesCard connectionId={props.connection.id} stamp={props.stamp} />
        </div>
      </Match>
      <Match when={props.tab === 'days'}>
        <DaysSection
          connectionId={props.connection.id}
          name={props.connection.name}
          stamp={props.stamp}
          mayAct={may('connections:write')}
          onReadAgain={props.onReadAgain}
        />
      </Match>
      <Match when={props.tab === 'streams'}>
        <StreamsSection connectionId={props.connection.id} streams={[]} stamp={props.stamp} />
      </Match>
      <Match when={props.tab === 'answers'}>
        <Show
          when={props.chosen}
          keyed
          fallback={<EmptyState title="Never synced">Answers are kept from the first sync on.</EmptyState>}
        >
          {(run) => <AnswersSection runId={run} stamp={props.stamp} onStarted={props.onRun} />}
        </Show>
      </Match>
      <Match when={props.tab === 'access'}>
        <AccessSection
          connectionId={props.connection.id}
          authState={props.connection.authState}
          onChange={() => props.query.refetch()}
        />
      </Match>
      <Match when={props.tab === 'settings'}>
        <SettingsSection connection={props.connection} onChange={() => props.query.refetch()} />
      </Match>
    </Switch>
  );
}

/** Everything about a connection, one part at a time; the part stands in the address. */
export function ConnectionTabs(props: Shown) {
  const url = useQuery();
  const options = createMemo(() => tabsOf(props.connection));
  const tab = () => options().find(({ value }) => value === url.get('tab'))?.value ?? 'sync';
  const chosen = () => url.get('run') ?? props.connection.syncs.edges[0]?.node.id;
  // Changes when a sync ends, so that what it changed is read again.
  const stamp = createMemo(() => {
    const run = props.connection.syncs.edges[0]?.node;
    return run && !isRunning(run.state) ? run.id : null;
  });
  createEffect(on(stamp, () => props.query.refetch(), { defer: true }));
  return (
    <div class="flex flex-col gap-4">
      <Tabs
        label="Parts of the connection"
        value={tab()}
        options={options()}
        onChange={(next) => url.set({ tab: next === 'sync' ? null : next }, true)}
      />
      <Suspense fallback={<Skeleton rows={8} class="card" />}>
        <Part
          {...props}
          tab={tab()}
          chosen={chosen()}
          stamp={stamp()}
          onRepair={() => url.set({ tab: 'access' }, true)}
        />
      </Suspense>
    </div>
  );
}
