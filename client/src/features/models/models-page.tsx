import { A } from '@solidjs/router';
import Boxes from 'lucide-solid/icons/boxes';
import { Show, createSignal } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { createQuery } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Checkbox } from '../../ui/field.tsx';
import { percent, plural } from '../../ui/format.ts';
import { MockBadge } from '../../ui/mock-badge.tsx';
import { Page } from '../../ui/page.tsx';
import { RunBadge } from '../../ui/run-badge.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Time, date } from '../../ui/time.tsx';
import { ModelChangesDocument, ModelsDocument, type ModelsQuery } from './models.generated.ts';

type Model = ModelsQuery['models']['edges'][number]['node'];

function Newest(props: { model: Model }) {
  const newest = () => props.model.versions[0];
  return (
    <Show when={newest()} fallback={<span class="text-ink-2">No version yet</span>}>
      {(version) => (
        <span class="flex items-center gap-2">
          v{version().number}
          <RunBadge run={version()} />
        </span>
      )}
    </Show>
  );
}

const columns: Column<Model>[] = [
  {
    key: 'name',
    label: 'Model',
    value: (row) => row.name,
    class: 'font-semibold',
    cell: (row) => (
      <span class="flex items-center gap-2">
        <A href={`/models/${row.id}`} class="text-accent hover:underline">
          {row.name}
        </A>
        <MockBadge when={row.mock} />
        <Show when={row.retiredAt}>
          <Badge tone="neutral">Retired</Badge>
        </Show>
      </span>
    ),
  },
  {
    key: 'champion',
    label: 'Champion',
    value: (row) => row.champion?.number ?? null,
    cell: (row) => (row.champion ? `v${row.champion.number}` : 'None'),
  },
  {
    key: 'error',
    label: 'Back-test wMAPE',
    numeric: true,
    value: (row) => row.champion?.metrics?.weightedError ?? null,
    cell: (row) => percent(row.champion?.metrics?.weightedError),
  },
  {
    key: 'since',
    label: 'Since training',
    numeric: true,
    wideOnly: true,
    value: (row) => row.champion?.accuracy.metrics?.weightedError ?? null,
    cell: (row) => percent(row.champion?.accuracy.metrics?.weightedError),
  },
  { key: 'newest', label: 'Newest version', cell: (row) => <Newest model={row} /> },
  {
    key: 'data',
    label: 'Data until',
    wideOnly: true,
    value: (row) => row.versions[0]?.inputs?.lastDate ?? null,
    cell: (row) => date(row.versions[0]?.inputs?.lastDate),
  },
  {
    key: 'created',
    label: 'Created',
    wideOnly: true,
    value: (row) => row.createdAt,
    cell: (row) => (
      <span class="whitespace-nowrap text-ink-2">
        <Time at={row.createdAt} /> by {row.createdBy}
      </span>
    ),
  },
];

function createModels() {
  const [retired, setRetired] = createSignal(false);
  const list = createQuery(ModelsDocument, () => ({ first: 200, retired: retired() }));
  createFeed({
    document: ModelChangesDocument,
    variables: () => (activity.ready() ? {} : null),
    after: knownSequence,
    sequenceOf: (data) => data.modelChanges.sequence,
    onEvent: () => list.refetch(),
  });
  return { list, retired, setRetired };
}

/** Every model of the organisation with how well its champion does. */
export function ModelsPage() {
  const { list, retired, setRetired } = createModels();
  const count = () => list.data()?.models.edges.length ?? 0;
  const create = () => (
    <Show when={may('causal:run')}>
      <LinkButton look="primary" href="/models/new">
        New model
      </LinkButton>
    </Show>
  );
  return (
    <Page title="Models" status={count() > 0 ? plural(count(), 'model') : undefined} actions={create()}>
      <Card
        title="Registry"
        hint="A model is a question that is answered again and again: each training is a version, tested on the same folds, and one of them counts."
        aside={
          <Checkbox
            label="Retired ones too"
            checked={retired()}
            onChange={(event) => setRetired(event.currentTarget.checked)}
          />
        }
        flush
      >
        <DataState
          of={list}
          isEmpty={(data) => data.models.edges.length === 0}
          empty={
            <EmptyState icon={<Boxes size={20} />} title="No model yet" action={create()}>
              Choose channels, KPI and days; training runs in the background and shows how far it is.
            </EmptyState>
          }
        >
          {(data) => <Table label="Models" columns={columns} rows={data().models.edges.map(({ node }) => node)} />}
        </DataState>
      </Card>
    </Page>
  );
}
