import { A } from '@solidjs/router';
import FlaskConical from 'lucide-solid/icons/flask-conical';
import { Show } from 'solid-js';
import { may } from '../../data/session.ts';
import { RunList, createRunList } from '../../runs/run-list.tsx';
import { useQuery } from '../../data/url.ts';
import { Badge } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { MockBadge } from '../../ui/mock-badge.tsx';
import { Page } from '../../ui/page.tsx';
import type { Column } from '../../ui/table.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time, days } from '../../ui/time.tsx';
import { CalibrationsCard } from './calibrations-card.tsx';
import { kindNames, stateLooks, verdictNames } from './experiment-names.ts';
import { ExperimentProgressDocument, ExperimentsDocument, type ExperimentsQuery } from './experiments.generated.ts';

type Row = ExperimentsQuery['experiments']['edges'][number]['node'];

const columns: Column<Row>[] = [
  {
    key: 'name',
    label: 'Experiment',
    class: 'min-w-40',
    value: (row) => row.name,
    cell: (row) => (
      <span class="flex flex-wrap items-center gap-x-2 gap-y-1 py-1.5">
        <A href={`/experiments/${row.id}`} class="font-semibold text-accent hover:underline">
          {row.name}
        </A>
        <MockBadge when={row.ab?.mock || row.geo?.mock} />
      </span>
    ),
  },
  { key: 'kind', label: 'Kind', value: (row) => row.kind, cell: (row) => kindNames[row.kind], wideOnly: true },
  {
    key: 'state',
    label: 'State',
    value: (row) => row.state,
    cell: (row) => <Badge tone={stateLooks[row.state].tone}>{stateLooks[row.state].label}</Badge>,
  },
  {
    key: 'days',
    label: 'Days',
    value: (row) => row.startedOn ?? null,
    cell: (row) => (row.startedOn ? days(row.startedOn, row.endsOn) : ''),
    wideOnly: true,
    class: 'tabular whitespace-nowrap',
  },
  {
    key: 'decision',
    label: 'Decision',
    value: (row) => row.decision?.verdict ?? null,
    cell: (row) => (row.decision ? verdictNames[row.decision.verdict] : ''),
  },
  { key: 'by', label: 'By', value: (row) => row.createdBy, cell: (row) => row.createdBy, wideOnly: true },
  {
    key: 'at',
    label: 'Planned',
    numeric: true,
    value: (row) => row.createdAt,
    cell: (row) => <Time at={row.createdAt} />,
    wideOnly: true,
  },
];

function NewButton() {
  return (
    <Show when={may('causal:run')}>
      <LinkButton look="primary" href="/experiments/new">
        New experiment
      </LinkButton>
    </Show>
  );
}

function List() {
  const list = createRunList({
    list: ExperimentsDocument,
    changes: ExperimentProgressDocument,
    pageOf: (data) => data.experiments,
    changeOf: ({ experimentProgress: { sequence } }) => ({ sequence }),
  });
  return (
    <RunList
      of={list}
      label="Experiments"
      columns={columns}
      empty={
        <EmptyState icon={<FlaskConical size={20} />} title="No experiment yet" action={<NewButton />}>
          An experiment is the one way to know what a change does. Plan how large it has to be, assign units or markets,
          watch it safely, and decide.
        </EmptyState>
      }
    />
  );
}

/** All experiments, and what they and others found of channels. */
export function ExperimentsPage() {
  const url = useQuery();
  const tab = () => (url.get('tab') === 'calibrations' ? 'calibrations' : 'experiments');
  return (
    <Page title="Experiments" actions={<NewButton />}>
      <Tabs
        label="What to show"
        value={tab()}
        options={[
          { value: 'experiments', label: 'Experiments' },
          { value: 'calibrations', label: 'Calibrations' },
        ]}
        onChange={(value) => url.set({ tab: value === 'calibrations' ? value : null })}
      />
      <Show when={tab() === 'experiments'} fallback={<CalibrationsCard />}>
        <List />
      </Show>
    </Page>
  );
}
