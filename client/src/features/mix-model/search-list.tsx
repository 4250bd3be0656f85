import ScanSearch from 'lucide-solid/icons/scan-search';
import { Show } from 'solid-js';
import { may } from '../../data/session.ts';
import { RunList, createRunList } from '../../runs/run-list.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { integer, plural } from '../../ui/format.ts';
import { runColumns } from '../../ui/run-columns.tsx';
import type { Column } from '../../ui/table.tsx';
import { conclusionColumn, nameColumn } from './list-columns.tsx';
import {
  MixExplorationProgressDocument,
  MixExplorationsDocument,
  type MixExplorationsQuery,
} from './exploration.generated.ts';

type Search = MixExplorationsQuery['mixExplorations']['edges'][number]['node'];

function nameOf({ inputs }: Search): string {
  if (!inputs) return 'Search';
  return `${inputs.kpi === 'REVENUE' ? 'Revenue' : 'Conversions'} by ${plural(inputs.channels.length, 'channel')}`;
}

const columns: Column<Search>[] = [
  nameColumn('Search', nameOf, ({ id }) => `/mix-model/explore/${id}`),
  {
    key: 'candidates',
    label: 'Candidates',
    numeric: true,
    wideOnly: true,
    value: (row) => row.candidates,
    cell: (row) => integer(row.candidates),
  },
  {
    key: 'best',
    label: 'Best',
    numeric: true,
    wideOnly: true,
    cell: (row) => (row.state === 'SUCCEEDED' ? integer(row.front.length) : ''),
  },
  conclusionColumn(),
  ...runColumns<Search>(),
];

/** All searches over shapes of mix models that are kept. */
export function SearchList() {
  const list = createRunList({
    list: MixExplorationsDocument,
    changes: MixExplorationProgressDocument,
    pageOf: (data) => data.mixExplorations,
    changeOf: ({ mixExplorationProgress: { sequence, exploration } }) => ({ sequence, run: exploration }),
  });
  return (
    <RunList
      of={list}
      label="Searches over mix models"
      columns={columns}
      empty={
        <EmptyState
          icon={<ScanSearch size={20} />}
          title="No search yet"
          action={
            <Show when={may('causal:run')}>
              <LinkButton look="primary" href="/mix-model/explore">
                Explore
              </LinkButton>
            </Show>
          }
        >
          A search tries thousands of shapes of carry-over and saturation in seconds and keeps the best. Where they
          disagree on a channel, the data alone cannot tell what it does.
        </EmptyState>
      }
    />
  );
}
