import Layers from 'lucide-solid/icons/layers';
import { Show } from 'solid-js';
import { may } from '../../data/session.ts';
import { useQuery } from '../../data/url.ts';
import { RunList, createRunList } from '../../runs/run-list.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { decimal, plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { runColumns } from '../../ui/run-columns.tsx';
import type { Column } from '../../ui/table.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { conclusionColumn, nameColumn } from './list-columns.tsx';
import { MixModelProgressDocument, MixModelsDocument, type MixModelsQuery } from './mix-model.generated.ts';
import { SearchList } from './search-list.tsx';

type Model = MixModelsQuery['mixModels']['edges'][number]['node'];

function nameOf({ inputs }: Model): string {
  if (!inputs) return 'Mix model';
  const where = inputs.regions.length > 0 ? ` in ${plural(inputs.regions.length, 'region')}` : '';
  return `${inputs.kpi === 'REVENUE' ? 'Revenue' : 'Conversions'} by ${plural(inputs.channels.length, 'channel')}${where}`;
}

const columns: Column<Model>[] = [
  nameColumn('Model', nameOf, ({ id }) => `/mix-model/${id}`),
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
  conclusionColumn(),
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

function ModelList() {
  const list = createRunList({
    list: MixModelsDocument,
    changes: MixModelProgressDocument,
    pageOf: (data) => data.mixModels,
    changeOf: ({ mixModelProgress: { sequence, model } }) => ({ sequence, run: model }),
  });
  return (
    <RunList
      of={list}
      label="Mix models"
      columns={columns}
      empty={
        <EmptyState icon={<Layers size={20} />} title="No mix model yet" action={<NewButton />}>
          A mix model explains a KPI by the spend of every channel over two or three years, without following anyone.
          Its intervals are honest, and results of experiments narrow them.
        </EmptyState>
      }
    />
  );
}

/** All mix models that are kept, and all searches before them. */
export function MixModelPage() {
  const url = useQuery();
  const tab = () => (url.get('tab') === 'searches' ? 'searches' : 'models');
  return (
    <Page
      title="Mix model"
      status="What each channel contributes to revenue, with carry-over, saturation and everything else that moves it"
      actions={
        <>
          <Show when={may('causal:run')}>
            <LinkButton href="/mix-model/explore">Explore</LinkButton>
          </Show>
          <NewButton />
        </>
      }
    >
      <Tabs
        label="What to show"
        value={tab()}
        options={[
          { value: 'models', label: 'Models' },
          { value: 'searches', label: 'Searches' },
        ]}
        onChange={(value) => url.set({ tab: value === 'searches' ? value : null })}
      />
      <Show when={tab() === 'models'} fallback={<SearchList />}>
        <ModelList />
      </Show>
    </Page>
  );
}
