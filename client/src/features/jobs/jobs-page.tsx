import { A } from '@solidjs/router';
import ListChecks from 'lucide-solid/icons/list-checks';
import { For, Show, createSignal, onCleanup } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { type Query, createQuery } from '../../data/query.ts';
import { createPeople } from '../../data/people.ts';
import { useQuery } from '../../data/url.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SelectField } from '../../ui/field.tsx';
import { duration, integer, percent, plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { JobActions } from './job-actions.tsx';
import { allStates, jobStates, readStates } from './job-states.ts';
import { JobSubject } from './job-subject.tsx';
import {
  JobChangedDocument,
  type JobFieldsFragment,
  JobSummaryDocument,
  type JobSummaryQuery,
  JobsDocument,
  type JobsQuery,
} from './jobs.generated.ts';

type Row = JobsQuery['jobs']['edges'][number]['node'];

const pageSize = 50;

function createFilter() {
  const url = useQuery();
  const states = () => readStates(url.get('state'));
  const type = () => url.get('type') ?? '';
  const subject = () => url.get('subject') ?? '';
  return {
    states,
    type,
    subject,
    active: () => states().length > 0 || type() !== '' || subject() !== '',
    after: () => url.get('after') ?? null,
    set: (values: Record<string, string | null>) => url.set({ after: null, ...values }, true),
    goTo: (after: string | null) => url.set({ after }, true),
    input: () => ({
      ...(states().length > 0 ? { states: states() } : {}),
      ...(type() ? { type: type() } : {}),
      ...(subject() ? { subjectId: subject() } : {}),
    }),
  };
}

type Filter = ReturnType<typeof createFilter>;

/** Events change rows in place; new jobs, which need the server's order and filter, come with a refetch per second. */
function followJobs(query: Query<JobsQuery>): void {
  const [dirty, setDirty] = createSignal(false);
  createFeed({
    document: JobChangedDocument,
    variables: () => (activity.ready() ? {} : null),
    after: knownSequence,
    sequenceOf: (data) => data.jobChanged.sequence,
    onEvent: ({ jobChanged: { job } }) => {
      if (!query.data()?.jobs.edges.some((edge) => edge.node.id === job.id)) setDirty(true);
      query.patch((data) => {
        const row = data.jobs.edges.find((edge) => edge.node.id === job.id)?.node;
        if (row) Object.assign(row, job);
      });
    },
  });
  const timer = setInterval(() => {
    if (dirty()) query.refetch();
    setDirty(false);
  }, 1_000);
  onCleanup(() => clearInterval(timer));
}

function JobName(props: { job: Row }) {
  return (
    <div class="min-w-40 py-1 whitespace-nowrap">
      <A href={`/jobs/${props.job.id}`} class="font-semibold hover:text-accent hover:underline">
        {props.job.type}
      </A>
      <span class="block max-w-72 truncate text-xs text-ink-2">
        <JobSubject job={props.job} />
      </span>
    </div>
  );
}

function columns(query: Query<JobsQuery>, nameOf: (id: string) => string): Column<Row>[] {
  const update = (job: JobFieldsFragment): void =>
    query.patch((data) => {
      const row = data.jobs.edges.find((edge) => edge.node.id === job.id)?.node;
      if (row) Object.assign(row, job);
    });
  return [
    {
      key: 'type',
      label: 'Job',
      cell: (row) => <JobName job={row} />,
    },
    {
      key: 'state',
      label: 'State',
      cell: (row) => (
        <div class="flex min-w-28 flex-col gap-1">
          <span>
            <Badge tone={jobStates[row.state].tone} busy={jobStates[row.state].busy ?? false}>
              {jobStates[row.state].label}
            </Badge>
          </span>
          <Show when={row.state === 'RUNNING' && row.progress !== null}>
            <Progress label={`Progress of ${row.type}`} value={row.progress} />
          </Show>
        </div>
      ),
    },
    {
      key: 'attempt',
      label: 'Attempt',
      numeric: true,
      wideOnly: true,
      cell: (row) => `${row.attempt} of ${row.maxAttempts}`,
    },
    { key: 'created', label: 'Created', cell: (row) => <Time at={row.createdAt} /> },
    { key: 'took', label: 'Took', numeric: true, cell: (row) => duration(row.durationMillis) },
    {
      key: 'owner',
      label: 'Asked by',
      wideOnly: true,
      cell: (row) => <span class="block max-w-40 truncate text-ink-2">{nameOf(row.owner)}</span>,
    },
    {
      key: 'actions',
      label: 'Actions',
      quiet: true,
      class: 'text-right whitespace-nowrap',
      cell: (row) => <JobActions job={row} small onDone={update} />,
    },
  ];
}

function Filters(props: { filter: Filter; types: string[] }) {
  const toggle = (state: string): void => {
    const now = new Set<string>(props.filter.states());
    if (!now.delete(state)) now.add(state);
    props.filter.set({ state: now.size > 0 ? [...now].join('.') : null });
  };
  return (
    <div class="flex flex-wrap items-center gap-2">
      <div role="group" aria-label="States" class="flex flex-wrap gap-1">
        <For each={allStates}>
          {(state) => (
            <button
              type="button"
              aria-pressed={props.filter.states().includes(state)}
              class="h-[30px] rounded-full border border-line px-3 text-xs font-semibold text-ink-2 hover:bg-hover aria-pressed:border-accent/60 aria-pressed:bg-accent-soft aria-pressed:text-ink"
              onClick={() => toggle(state)}
            >
              {jobStates[state].label}
            </button>
          )}
        </For>
      </div>
      <SelectField
        label="Type"
        quiet
        value={props.filter.type()}
        onChange={(event) => props.filter.set({ type: event.currentTarget.value || null })}
      >
        <option value="">Every type</option>
        <For each={[...new Set([...props.types, ...(props.filter.type() ? [props.filter.type()] : [])])]}>
          {(type) => (
            <option value={type} selected={type === props.filter.type()}>
              {type}
            </option>
          )}
        </For>
      </SelectField>
      <Show when={props.filter.active()}>
        <Button look="ghost" size="sm" onClick={() => props.filter.set({ state: null, type: null, subject: null })}>
          Clear filters
        </Button>
      </Show>
    </div>
  );
}

function Empty(props: { filter: Filter }) {
  return (
    <Show
      when={props.filter.active()}
      fallback={
        <EmptyState icon={<ListChecks size={20} />} title="No jobs yet">
          Syncs, imports and analyses run as jobs. They appear here with their logs.
        </EmptyState>
      }
    >
      <EmptyState
        title="No job matches"
        action={
          <Button onClick={() => props.filter.set({ state: null, type: null, subject: null })}>Clear filters</Button>
        }
      >
        There are jobs, but none in these states and of this type.
      </EmptyState>
    </Show>
  );
}

function Summary(props: { query: Query<JobSummaryQuery> }) {
  const columns: Column<JobSummaryQuery['jobSummary'][number]>[] = [
    { key: 'type', label: 'Type', value: (row) => row.type, cell: (row) => row.type, class: 'font-semibold' },
    { key: 'total', label: 'Jobs', numeric: true, value: (row) => row.total, cell: (row) => integer(row.total) },
    { key: 'failed', label: 'Failed', numeric: true, value: (row) => row.failed, cell: (row) => integer(row.failed) },
    {
      key: 'rate',
      label: 'Success',
      numeric: true,
      value: (row) => row.successRate,
      cell: (row) => percent(row.successRate),
    },
    {
      key: 'median',
      label: 'Median time',
      numeric: true,
      value: (row) => row.medianMillis,
      cell: (row) => duration(row.medianMillis),
    },
  ];
  return (
    <Show when={(props.query.data()?.jobSummary.length ?? 0) > 0}>
      <Card title="Last 24 hours" flush>
        <Table label="Jobs of the last 24 hours by type" columns={columns} rows={props.query.data()!.jobSummary} />
      </Card>
    </Show>
  );
}

/** All background work, live, with the filter in the address. */
export function JobsPage() {
  const filter = createFilter();
  const query = createQuery(JobsDocument, () => ({ filter: filter.input(), first: pageSize, after: filter.after() }));
  const summary = createQuery(JobSummaryDocument, () => ({}));
  const nameOf = createPeople();
  followJobs(query);
  const pageInfo = () => query.data()?.jobs.pageInfo;
  return (
    <Page
      title="Jobs"
      status={
        query.data() ? plural(query.data()!.jobs.totalCount, filter.active() ? 'matching job' : 'job') : undefined
      }
    >
      <Filters filter={filter} types={(summary.data()?.jobSummary ?? []).map((row) => row.type)} />
      <div class="card overflow-hidden">
        <DataState of={query} isEmpty={(data) => data.jobs.edges.length === 0} empty={<Empty filter={filter} />}>
          {(data) => (
            <Table label="Jobs" columns={columns(query, nameOf)} rows={data().jobs.edges.map((edge) => edge.node)} />
          )}
        </DataState>
        <Show when={filter.after() || pageInfo()?.hasNextPage}>
          <div class="flex gap-2 border-t border-line-soft px-4 py-2">
            <Button size="sm" disabled={!filter.after()} onClick={() => filter.goTo(null)}>
              Newest
            </Button>
            <Button
              size="sm"
              disabled={!pageInfo()?.hasNextPage}
              onClick={() => filter.goTo(pageInfo()?.endCursor ?? null)}
            >
              Older
            </Button>
          </div>
        </Show>
      </div>
      <Summary query={summary} />
    </Page>
  );
}
