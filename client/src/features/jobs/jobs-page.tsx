import ListChecks from 'lucide-solid/icons/list-checks';
import { Show, createSignal, onCleanup } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { createPeople } from '../../data/people.ts';
import { type Query, createQuery } from '../../data/query.ts';
import { Button } from '../../ui/button.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Table } from '../../ui/table.tsx';
import { jobColumns } from './job-columns.tsx';
import { type JobFilter, JobFilters, createJobFilter } from './job-filter.tsx';
import { JobChangedDocument, JobSummaryDocument, JobsDocument, type JobsQuery } from './jobs.generated.ts';
import { SummaryCard } from './summary-card.tsx';

const pageSize = 50;

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

function Empty(props: { filter: JobFilter }) {
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

/** All background work, live, with the filter in the address. */
export function JobsPage() {
  const filter = createJobFilter();
  const query = createQuery(JobsDocument, () => ({ filter: filter.input(), first: pageSize, after: filter.after() }));
  const summary = createQuery(JobSummaryDocument, () => ({}));
  const nameOf = createPeople();
  followJobs(query);
  return (
    <Page
      title="Jobs"
      status={
        query.data() ? plural(query.data()!.jobs.totalCount, filter.active() ? 'matching job' : 'job') : undefined
      }
    >
      <JobFilters filter={filter} types={(summary.data()?.jobSummary ?? []).map((row) => row.type)} />
      <div class="card overflow-hidden">
        <DataState of={query} isEmpty={(data) => data.jobs.edges.length === 0} empty={<Empty filter={filter} />}>
          {(data) => (
            <Table label="Jobs" columns={jobColumns(query, nameOf)} rows={data().jobs.edges.map((edge) => edge.node)} />
          )}
        </DataState>
        <Pager after={filter.after()} pageInfo={query.data()?.jobs.pageInfo} onGo={filter.goTo} />
      </div>
      <SummaryCard query={summary} />
    </Page>
  );
}
