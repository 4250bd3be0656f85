import ListChecks from 'lucide-solid/icons/list-checks';
import { For, Show, createEffect, createSignal, on } from 'solid-js';
import { activity, knownSequence } from '../../../data/activity.ts';
import { createFeed } from '../../../data/feed.ts';
import { createAction, createQuery, mutate } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { useQuery } from '../../../data/url.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { ChoiceList } from '../../../ui/choice-list.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { SelectField } from '../../../ui/field.tsx';
import { Page } from '../../../ui/page.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Time } from '../../../ui/time.tsx';
import { ConnectionsNav } from '../connections-nav.tsx';
import { StateBadge } from '../state-badge.tsx';
import { IntegrationReport } from './integration-report.tsx';
import { runStates, scopes } from './integration-states.ts';
import {
  IntegrationProgressDocument,
  type IntegrationRunFieldsFragment,
  IntegrationRunDocument,
  IntegrationRunsDocument,
  type IntegrationScope,
  IntegrationTargetsDocument,
  RunIntegrationTestsDocument,
} from './integration.generated.ts';

type Run = IntegrationRunFieldsFragment;

const choices = (Object.keys(scopes) as IntegrationScope[]).map((value) => ({ value, label: scopes[value].label }));

function Start(props: { onStarted: (id: string) => void }) {
  const targets = createQuery(IntegrationTargetsDocument, () => ({}));
  const [scope, setScope] = createSignal<IntegrationScope>('SUITE');
  const [target, setTarget] = createSignal('');
  const connections = () => targets.data()?.connections.edges.map((edge) => edge.node) ?? [];
  const action = createAction(async () => {
    const connectionIds = scope() === 'CONNECTION' ? [target() || connections()[0]?.id || ''] : null;
    const { runIntegrationTests } = await mutate(RunIntegrationTestsDocument, {
      input: { scope: scope(), connectionIds },
    });
    props.onStarted(runIntegrationTests.integrationRun.id);
  });
  return (
    <Card title="Run tests">
      <div class="flex flex-col gap-3">
        <div class="flex flex-wrap items-center gap-3">
          <Segmented label="What to test" value={scope()} options={choices} onChange={setScope} />
          <Show when={scope() === 'CONNECTION'}>
            <SelectField label="Connection" quiet onChange={(event) => setTarget(event.currentTarget.value)}>
              <For each={connections()}>{({ id, name }) => <option value={id}>{name}</option>}</For>
            </SelectField>
          </Show>
          <Button
            look="primary"
            pending={action.pending()}
            disabled={connections().length === 0}
            onClick={() => void action.run()}
          >
            Run
          </Button>
        </div>
        <p class="text-sm text-ink-2">{scopes[scope()].text} Nothing is stored but the report.</p>
        <Show when={action.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      </div>
    </Card>
  );
}

function History(props: { runs: Run[]; chosen: string | undefined; onChoose: (id: string) => void }) {
  return (
    <ChoiceList label="Reports" rows={props.runs} chosen={props.chosen} onChoose={props.onChoose}>
      {(run) => (
        <>
          <StateBadge of={runStates[run.state]} />
          <span class="min-w-0 flex-1">
            <Time at={run.createdAt} />
            <span class="block text-xs text-ink-2">{scopes[run.scope].label}</span>
          </span>
          <span class="tabular text-xs text-ink-2">
            {run.passed} · {run.warnings} · {run.failed}
          </span>
        </>
      )}
    </ChoiceList>
  );
}

/** The report that is looked at, asked for again as it fills up. */
function Shown(props: { id: string; stamp: unknown }) {
  const query = createQuery(IntegrationRunDocument, () => ({ id: props.id }));
  createEffect(
    on(
      () => props.stamp,
      () => query.refetch(),
      { defer: true },
    ),
  );
  return (
    <DataState
      of={query}
      isEmpty={(data) => !data.integrationRun}
      empty={<Banner tone="warn">This report no longer exists.</Banner>}
    >
      {(data) => <IntegrationReport report={data().integrationRun!} />}
    </DataState>
  );
}

function createRuns() {
  const query = createQuery(IntegrationRunsDocument, () => ({ first: 50, after: null }));
  const [stamp, setStamp] = createSignal(0);
  createFeed({
    document: IntegrationProgressDocument,
    variables: () => (activity.ready() ? {} : null),
    after: knownSequence,
    sequenceOf: (data) => data.integrationProgress.sequence,
    onEvent: ({ integrationProgress: { integrationRun, sequence } }) => {
      const known = query.data()?.integrationRuns.edges.some((edge) => edge.node.id === integrationRun.id);
      if (!known) query.refetch();
      query.patch((data) => {
        const row = data.integrationRuns.edges.find((edge) => edge.node.id === integrationRun.id)?.node;
        if (row) Object.assign(row, integrationRun);
      });
      setStamp(sequence);
    },
  });
  return { query, stamp };
}

/** Tests of connections: run them, follow the report, look at earlier ones. */
export function IntegrationPage() {
  const url = useQuery();
  const { query, stamp } = createRuns();
  const runs = () => query.data()?.integrationRuns.edges.map((edge) => edge.node) ?? [];
  const chosen = () => url.get('report') ?? runs()[0]?.id;
  const show = (report: string): void => url.set({ report }, true);
  return (
    <Page title="Integration tests" status="Whether every source works, and its data can be trusted">
      <ConnectionsNav />
      <Show when={may('connections:write')}>
        <Start
          onStarted={(id) => {
            query.refetch();
            show(id);
          }}
        />
      </Show>
      <DataState
        of={query}
        isEmpty={() => runs().length === 0}
        empty={
          <div class="card">
            <EmptyState icon={<ListChecks size={20} />} title="No tests yet">
              The full suite tests every connection, its data and its health, and says what to do.
            </EmptyState>
          </div>
        }
      >
        {() => (
          <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_320px]">
            <Show when={chosen()} keyed>
              {(id) => <Shown id={id} stamp={stamp()} />}
            </Show>
            <Card title="History" hint="Passed, to look at, failed" flush>
              <History runs={runs()} chosen={chosen()} onChoose={show} />
            </Card>
          </div>
        )}
      </DataState>
    </Page>
  );
}
