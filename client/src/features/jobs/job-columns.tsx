import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import type { Query } from '../../data/query.ts';
import { Badge } from '../../ui/badge.tsx';
import { duration } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { JobActions } from './job-actions.tsx';
import { jobStates } from './job-states.ts';
import { JobSubject } from './job-subject.tsx';
import type { JobFieldsFragment, JobsQuery } from './jobs.generated.ts';

type Row = JobsQuery['jobs']['edges'][number]['node'];

function JobState(props: { job: Row }) {
  const state = () => jobStates[props.job.state];
  return (
    <div class="flex min-w-28 flex-col gap-1">
      <span>
        <Badge tone={state().tone} busy={state().busy ?? false}>
          {state().label}
        </Badge>
      </span>
      <Show when={props.job.state === 'RUNNING' && props.job.progress !== null}>
        <Progress label={`Progress of ${props.job.type}`} value={props.job.progress} />
      </Show>
    </div>
  );
}

/** The columns of a list of jobs; what is done to one changes it in place. */
export function jobColumns(query: Query<JobsQuery>, nameOf: (id: string) => string): Column<Row>[] {
  const update = (job: JobFieldsFragment): void =>
    query.patch((data) => {
      const row = data.jobs.edges.find((edge) => edge.node.id === job.id)?.node;
      if (row) Object.assign(row, job);
    });
  return [
    {
      key: 'type',
      label: 'Job',
      cell: (row) => (
        <A href={`/jobs/${row.id}`} class="whitespace-nowrap font-semibold hover:text-accent hover:underline">
          {row.type}
        </A>
      ),
    },
    {
      key: 'subject',
      label: 'Works on',
      cell: (row) => (
        <span class="block max-w-56 min-w-28 truncate text-sm">
          <JobSubject job={row} />
        </span>
      ),
    },
    {
      key: 'state',
      label: 'State',
      cell: (row) => <JobState job={row} />,
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
