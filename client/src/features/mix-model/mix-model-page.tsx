import { A } from '@solidjs/router';
import Layers from 'lucide-solid/icons/layers';
import { Show, createSignal } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { createQuery } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { decimal, plural } from '../../ui/format.ts';
import { MockBadge } from '../../ui/mock-badge.tsx';
import { Page } from '../../ui/page.tsx';
import { runColumns } from '../../ui/run-columns.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { days } from '../../ui/time.tsx';
import { MixModelProgressDocument, MixModelsDocument, type MixModelsQuery } from './mix-model.generated.ts';

type Model = MixModelsQuery['mixModels']['edges'][number]['node'];

function nameOf({ inputs }: Model): string {
  if (!inputs) return 'Mix model';
  const where = inputs.regions.length > 0 ? ` in ${plural(inputs.regions.length, 'region')}` : '';
  return `${inputs.kpi === 'REVENUE' ? 'Revenue' : 'Conversions'} by ${plural(inputs.channels.length, 'channel')}${where}`;
}

const columns: Column<Model>[] = [
  {
    key: 'name',
    label: 'Model',
    class: 'max-w-72',
    value: nameOf,
    cell: (row) => (
      <span class="flex items-center gap-2">
        <A href={`/mix-model/${row.id}`} class="truncate font-semibold text-accent hover:underline">
          {nameOf(row)}
        </A>
        <MockBadge when={row.sourceKinds.includes('mock')} />
      </span>
    ),
  },
  {
    key: 'days',
    label: 'Days',
    wideOnly: true,
    value: (row) => row.inputs?.firstDate ?? '',
    cell: (row) => days(row.inputs?.firstDate, row.inputs?.lastDate),
  },
  {
    key: 'fit',
    label: 'R²',
    numeric: true,
    wideOnly: true,
    value: (row) => row.diagnosis?.inSample.rSquared ?? null,
    cell: (row) => decimal(row.diagnosis?.inSample.rSquared),
  },
  {
    key: 'rhat',
    label: 'R-hat',
    numeric: true,
    wideOnly: true,
    value: (row) => row.diagnosis?.worstRHat ?? null,
    cell: (row) => decimal(row.diagnosis?.worstRHat, 3),
  },
  {
    key: 'conclusion',
    label: 'Conclusion',
    wideOnly: true,
    class: 'max-w-96 truncate',
    cell: (row) => <span title={row.conclusion ?? ''}>{row.conclusion ?? ''}</span>,
  },
  ...runColumns<Model>(),
];

function NewButton() {
  return (
    <Show when={may('causal:run')}>
      <LinkButton look="primary" href="/mix-model/new">
        New model
      </LinkButton>
    </Show>
  );
}

/** All mix models that are kept. */
export function MixModelPage() {
  const [first, setFirst] = createSignal(20);
  const list = createQuery(MixModelsDocument, () => ({ first: first() }));
  createFeed({
    document: MixModelProgressDocument,
    variables: () => (activity.ready() ? {} : null),
    after: knownSequence,
    sequenceOf: (data) => data.mixModelProgress.sequence,
    onEvent: ({ mixModelProgress: { model } }) => {
      const known = list.data()?.mixModels.edges.some(({ node }) => node.id === model.id);
      if (!known || model.state !== 'RUNNING') return list.refetch();
      list.patch((data) => {
        const row = data.mixModels.edges.find(({ node }) => node.id === model.id)?.node;
        if (row) Object.assign(row, { state: model.state, progress: model.progress });
      });
    },
  });
  const rows = () => list.data()?.mixModels.edges.map(({ node }) => node) ?? [];
  return (
    <Page
      title="Mix model"
      status="What each channel contributes to revenue, with carry-over, saturation and everything else that moves it"
      actions={<NewButton />}
    >
      <Card flush>
        <DataState
          of={list}
          isEmpty={(data) => data.mixModels.edges.length === 0}
          empty={
            <EmptyState icon={<Layers size={20} />} title="No mix model yet" action={<NewButton />}>
              A mix model explains a KPI by the spend of every channel over two or three years, without following
              anyone. Its intervals are honest, and results of experiments narrow them.
            </EmptyState>
          }
        >
          {(data) => (
            <>
              <Table label="Mix models" columns={columns} rows={rows()} />
              <Show when={data().mixModels.pageInfo.hasNextPage}>
                <div class="border-t border-line-soft px-4 py-2">
                  <Button size="sm" onClick={() => setFirst((count) => Math.min(count + 40, 200))}>
                    Older models
                  </Button>
                </div>
              </Show>
            </>
          )}
        </DataState>
      </Card>
    </Page>
  );
}
