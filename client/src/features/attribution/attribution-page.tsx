import { useNavigate, useParams } from '@solidjs/router';
import Waypoints from 'lucide-solid/icons/waypoints';
import { Show, createEffect, createSignal, on } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { type Extent, extentOf } from '../../data/extent.ts';
import { createFeed } from '../../data/feed.ts';
import { createAction, createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { timeZone, useQuery } from '../../data/url.ts';
import { isOnlyMock } from '../../runs/only-mock.ts';
import { MockBanner } from '../../ui/mock-banner.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { plural } from '../../ui/format.ts';
import { Missing } from '../../ui/missing.tsx';
import { Page } from '../../ui/page.tsx';
import { dayIn } from '../../ui/range.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { days } from '../../ui/time.tsx';
import {
  AttributionDataDocument,
  AttributionProgressDocument,
  type AttributionProgressSubscription,
  AttributionRunDocument,
  AttributionRunsDocument,
  RunAttributionDocument,
} from './attribution.generated.ts';
import { ComputedCard } from './computed-card.tsx';
import { ExportMenu } from './export-menu.tsx';
import { type RunSettings, readSettings, toInput, writeSettings } from './run-form-state.ts';
import { RunView } from './run-view.tsx';
import { RunsCard } from './runs-card.tsx';
import { SettingsCard } from './settings-card.tsx';

type Progress = AttributionProgressSubscription['attributionProgress'];

function createSettings(onlyMock: () => boolean) {
  const url = useQuery();
  const names = ['models', 'window', 'from', 'to', 'unit', 'order', 'halflife', 'nulls', 'source'];
  const usual = () => ({ source: onlyMock() ? 'mock' : undefined });
  const said = () => names.map((name) => [name, url.get(name)] as const).filter(([, value]) => value !== undefined);
  const settings = (): RunSettings => readSettings({ ...usual(), ...Object.fromEntries(said()) });
  const change = (part: Partial<RunSettings>): void =>
    url.set({ ...writeSettings({ ...settings(), ...part }), ...(part.mock === false ? { source: 'real' } : {}) });
  return { settings, change };
}

/** The runs, the one that is shown (the newest of its kind when none was chosen), and how both follow the events. */
function createRuns(chosen: () => string | undefined, mock: () => boolean) {
  const [shownRuns, setShownRuns] = createSignal(20);
  const list = createQuery(AttributionRunsDocument, () => ({ first: shownRuns() }));
  const newest = () => list.data()?.attributionRuns.edges.find((edge) => edge.node.settings.mock === mock())?.node.id;
  const id = () => chosen() ?? newest();
  const run = createQuery(AttributionRunDocument, () => (id() ? { id: id()! } : null));
  const apply = ({ run: event }: Progress): void => {
    const known = list.data()?.attributionRuns.edges.some((edge) => edge.node.id === event.id);
    if (!known || event.state === 'SUCCEEDED') list.refetch();
    list.patch((data) => {
      const row = data.attributionRuns.edges.find((edge) => edge.node.id === event.id)?.node;
      if (row) Object.assign(row, { state: event.state, progress: event.progress });
    });
    if (event.id !== id()) return;
    run.patch((data) => {
      if (data.attributionRun) Object.assign(data.attributionRun, event);
    });
    if (event.state !== 'RUNNING' && event.state !== 'QUEUED') run.refetch();
  };
  createFeed({
    document: AttributionProgressDocument,
    variables: () => (activity.ready() ? {} : null),
    after: knownSequence,
    sequenceOf: (data) => data.attributionProgress.sequence,
    onEvent: (data) => apply(data.attributionProgress),
  });
  const shown = () => {
    const found = run.data()?.attributionRun;
    return found && found.id === id() ? found : undefined;
  };
  return { list, run, id, shown, more: () => setShownRuns((count) => Math.min(count + 40, 500)) };
}

function stored({ journeys, firstDate, lastDate }: Extent, mock: boolean): string {
  const amount = `${plural(journeys, 'row')} of ${mock ? 'generated ' : ''}journeys stored`;
  return firstDate ? `${amount} · ${days(firstDate, lastDate)}` : amount;
}

function NoRuns(props: { journeys: number | undefined }) {
  return (
    <Card>
      <EmptyState
        icon={<Waypoints size={20} />}
        title={props.journeys === 0 ? 'No journeys yet' : 'No run yet'}
        action={
          <Show when={props.journeys === 0}>
            <LinkButton look="primary" href="/connections/new">
              Connect data
            </LinkButton>
          </Show>
        }
      >
        {props.journeys === 0
          ? 'Attribution reads customer journeys: the touches of each customer and whether they bought.'
          : 'Choose models and a window above. Every run is kept with its inputs, so that it can be shared and checked.'}
      </EmptyState>
    </Card>
  );
}

function ChosenRun(props: { runs: ReturnType<typeof createRuns> }) {
  const waiting = () => <Skeleton rows={8} class="card" />;
  return (
    <DataState
      of={props.runs.run}
      skeleton={waiting()}
      isEmpty={(found) => !found.attributionRun}
      empty={<Missing what="run" all="/attribution" />}
    >
      {() => (
        <Show when={props.runs.shown()} fallback={waiting()}>
          {(run) => <RunView run={run()} />}
        </Show>
      )}
    </DataState>
  );
}

/** Which channel caused what, by up to seven models, from stored and reproducible runs. */
export function AttributionPage() {
  const params = useParams<{ id?: string }>();
  const navigate = useNavigate();
  const data = createQuery(AttributionDataDocument, () => ({}));
  const { settings, change } = createSettings(() => isOnlyMock(data.data()?.dataExtent.sourceKinds));
  const extent = () => data.data() && extentOf(data.data()!.dataExtent.bySource, settings().mock);
  const runs = createRuns(
    () => params.id,
    () => settings().mock,
  );
  const start = createAction(async () => {
    const input = toInput(settings(), dayIn(Date.now(), timeZone()));
    const { run } = (await mutate(RunAttributionDocument, { input })).runAttribution;
    navigate(`/attribution/${run.id}${location.search}`);
    runs.list.refetch();
  });
  createEffect(on(() => params.id, start.clear));
  return (
    <Page
      title="Attribution"
      status={extent() && stored(extent()!, settings().mock)}
      actions={
        <Show when={runs.shown()?.state === 'SUCCEEDED' && runs.shown()}>{(run) => <ExportMenu run={run()} />}</Show>
      }
      above={
        <MockBanner when={runs.shown()?.settings.mock ?? settings().mock}>
          Generated journeys with known effects; never mixed with live or uploaded ones.
        </MockBanner>
      }
    >
      <SettingsCard
        settings={settings()}
        mayRun={may('causal:run')}
        pending={start.pending()}
        error={start.failure()?.message}
        onChange={change}
        onRun={() => void start.run()}
      />
      <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_300px]">
        <Show when={runs.id() || runs.list.loading()} fallback={<NoRuns journeys={extent()?.journeys} />}>
          <ChosenRun runs={runs} />
        </Show>
        <div class="grid grid-cols-1 content-start gap-4 md:max-xl:grid-cols-2">
          <RunsCard query={runs.list} chosen={runs.id()} onMore={runs.more} />
          <Show when={runs.shown()}>{(run) => <ComputedCard run={run()} />}</Show>
        </div>
      </div>
    </Page>
  );
}
