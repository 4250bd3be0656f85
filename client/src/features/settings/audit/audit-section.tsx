import { Show } from 'solid-js';
import { createAction, createQuery, fetchOnce } from '../../../data/query.ts';
import { useQuery } from '../../../data/url.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Pager } from '../../../ui/pager.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { type Column, Table } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import { toast } from '../../../ui/toast.tsx';
import { AuditLogDocument, type AuditLogQuery } from '../settings.generated.ts';
import { auditToCsv } from './audit-to-csv.ts';
import { VerifyCard } from './verify-card.tsx';

type Entry = AuditLogQuery['auditLog']['edges'][number]['node'];

const exportedAtMost = 10_000;

const columns: Column<Entry>[] = [
  { key: 'sequence', label: 'No.', numeric: true, cell: (row) => row.sequence, class: 'w-14' },
  { key: 'at', label: 'When', cell: (row) => <Time at={row.at} style="short" /> },
  { key: 'action', label: 'What', cell: (row) => <code class="font-mono text-xs">{row.action}</code> },
  { key: 'actor', label: 'Who', cell: (row) => <span class="whitespace-nowrap">{row.actorName}</span> },
  {
    key: 'target',
    label: 'On what',
    wideOnly: true,
    cell: (row) => (
      <span class="whitespace-nowrap text-ink-2" title={row.targetId ?? undefined}>
        {row.targetKind ? `${row.targetKind} ${row.targetId?.slice(-8) ?? ''}` : '–'}
      </span>
    ),
  },
  {
    key: 'details',
    label: 'Details',
    wideOnly: true,
    cell: (row) => (
      <code class="block max-w-72 truncate font-mono text-xs text-ink-2" title={JSON.stringify(row.details)}>
        {JSON.stringify(row.details)}
      </code>
    ),
  },
  { key: 'ip', label: 'From', wideOnly: true, cell: (row) => <span class="text-ink-2">{row.ip ?? '–'}</span> },
];

function createFilter() {
  const url = useQuery();
  const day = (name: string, end: string) => {
    const text = url.get(name);
    return text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T${end}Z` : null;
  };
  return {
    url,
    active: () => ['action', 'from', 'to'].some((name) => url.get(name)),
    input: () => ({
      action: url.get('action') ?? null,
      from: day('from', '00:00:00.000'),
      to: day('to', '23:59:59.999'),
    }),
  };
}

type Filter = ReturnType<typeof createFilter>;

async function collect(filter: Filter): Promise<Entry[]> {
  const entries: Entry[] = [];
  let after: string | null = null;
  do {
    const { auditLog }: AuditLogQuery = await fetchOnce(AuditLogDocument, {
      filter: filter.input(),
      first: 200,
      after,
    });
    entries.push(...auditLog.edges.map((edge) => edge.node));
    after = auditLog.pageInfo.hasNextPage ? auditLog.pageInfo.endCursor : null;
  } while (after && entries.length < exportedAtMost);
  return entries;
}

function Filters(props: { filter: Filter }) {
  const { url } = props.filter;
  const set = (name: string) => (event: Event & { currentTarget: HTMLInputElement }) =>
    url.set({ [name]: event.currentTarget.value.trim() || null, after: null });
  return (
    <div class="flex flex-wrap items-end gap-3 px-4 pb-3">
      <TextField
        label="Action"
        placeholder="connection.created"
        value={url.get('action') ?? ''}
        onChange={set('action')}
      />
      <TextField label="From" type="date" value={url.get('from') ?? ''} onChange={set('from')} />
      <TextField label="To" type="date" value={url.get('to') ?? ''} onChange={set('to')} />
      <Show when={props.filter.active()}>
        <Button look="ghost" onClick={() => url.set({ action: null, from: null, to: null, after: null })}>
          Clear filters
        </Button>
      </Show>
    </div>
  );
}

/** Who did what. Entries cannot be changed, and that can be checked. */
export function AuditSection() {
  const filter = createFilter();
  const query = createQuery(AuditLogDocument, () => ({
    filter: filter.input(),
    first: 50,
    after: filter.url.get('after') ?? null,
  }));
  const save = createAction(async () => {
    const entries = await collect(filter);
    saveFile('audit-log.csv', 'text/csv;charset=utf-8', auditToCsv(entries));
    toast(`${entries.length} entries exported`);
  });
  const pageInfo = () => query.data()?.auditLog.pageInfo;
  return (
    <>
      <VerifyCard />
      <Card
        title="Audit log"
        flush
        aside={
          <Button size="sm" pending={save.pending()} onClick={() => void save.run()}>
            Export CSV
          </Button>
        }
      >
        <Filters filter={filter} />
        <DataState
          of={query}
          isEmpty={(data) => data.auditLog.edges.length === 0}
          empty={
            <EmptyState title={filter.active() ? 'No entry matches' : 'No entries yet'}>
              {filter.active() ? 'Change or clear the filters.' : 'Every change is recorded here.'}
            </EmptyState>
          }
        >
          {(data) => (
            <Table label="Audit log" columns={columns} rows={data().auditLog.edges.map((edge) => edge.node)} />
          )}
        </DataState>
        <Pager
          after={filter.url.get('after')}
          pageInfo={pageInfo()}
          onGo={(after) => filter.url.set({ after }, true)}
        />
      </Card>
    </>
  );
}
