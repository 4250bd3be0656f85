import { useParams } from '@solidjs/router';
import { Show } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { createPeople } from '../../data/people.ts';
import { createQuery } from '../../data/query.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { duration, percent } from '../../ui/format.ts';
import { Missing } from '../../ui/missing.tsx';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Time, now } from '../../ui/time.tsx';
import { JobActions } from './job-actions.tsx';
import { jobStates } from './job-states.ts';
import { JobSubject } from './job-subject.tsx';
import { JobChangedDocument, JobDocument, type JobQuery } from './jobs.generated.ts';
import { LogCard } from './log-card.tsx';

type Job = NonNullable<JobQuery['job']>;

function Facets(props: { job: Job }) {
  const nameOf = createPeople();
  const took = () => {
    if (props.job.durationMillis !== null) return duration(props.job.durationMillis);
    return props.job.state === 'RUNNING' && props.job.startedAt
      ? duration(now() - Date.parse(props.job.startedAt))
      : '–';
  };
  return (
    <Card title="Summary">
      <div class="flex flex-col gap-3">
        <Show when={props.job.state === 'RUNNING'}>
          <div class="flex items-center gap-3">
            <Progress label="Progress" value={props.job.progress} />
            <span class="tabular text-sm font-semibold">{percent(props.job.progress, 0)}</span>
          </div>
        </Show>
        <Facts
          items={[
            ['Attempt', `${props.job.attempt} of ${props.job.maxAttempts}`],
            ['Took', took()],
            ['Created', <Time at={props.job.createdAt} />],
            ['Started', <Time at={props.job.startedAt} />],
            ['Finished', <Time at={props.job.finishedAt} />],
            ['Asked by', nameOf(props.job.owner)],
            ['Works on', <JobSubject job={props.job} />],
            [
              'Id',
              <span class="flex items-center gap-1">
                <code class="truncate font-mono text-xs">{props.job.id}</code>
                <CopyButton text={props.job.id} label="Copy job id" />
              </span>,
            ],
          ]}
        />
      </div>
    </Card>
  );
}

function Problem(props: { error: NonNullable<Job['error']> }) {
  return (
    <div class="flex flex-col gap-2">
      <Banner tone="error">
        <strong>{props.error.code}</strong> {props.error.message}
      </Banner>
      <Show when={props.error.stack}>
        <details class="card">
          <summary class="px-4 py-2.5 text-sm font-semibold">Stack</summary>
          <pre tabindex={0} class="max-h-72 overflow-auto border-t border-line-soft p-4 font-mono text-xs">
            {props.error.stack}
          </pre>
        </details>
      </Show>
    </div>
  );
}

/** One job: state, error, log, and the ways to run it again or stop it. */
export function JobPage() {
  const params = useParams<{ id: string }>();
  const query = createQuery(JobDocument, () => ({ id: params.id }));
  const update = (job: Partial<Job> & { id: string }): void => {
    if (job.id !== params.id) return;
    const before = query.data()?.job?.state;
    query.patch((data) => {
      if (data.job) Object.assign(data.job, job);
    });
    // The error comes with the query only.
    if (before !== job.state) query.refetch();
  };
  createFeed({
    document: JobChangedDocument,
    variables: () => (activity.ready() ? {} : null),
    after: knownSequence,
    sequenceOf: (data) => data.jobChanged.sequence,
    onEvent: (data) => update(data.jobChanged.job),
  });
  const job = () => query.data()?.job;
  const running = () => ['QUEUED', 'RUNNING', 'RETRYING'].includes(job()?.state ?? '');
  return (
    <Page
      title={job()?.type ?? 'Job'}
      status={
        <Show when={job()}>
          {(job) => (
            <Badge tone={jobStates[job().state].tone} busy={jobStates[job().state].busy ?? false}>
              {jobStates[job().state].label}
            </Badge>
          )}
        </Show>
      }
      actions={<Show when={job()}>{(job) => <JobActions job={job()} onDone={update} />}</Show>}
    >
      <DataState of={query} isEmpty={(data) => !data.job} empty={<Missing what="job" all="/jobs" />}>
        {(data) => (
          <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_340px]">
            <div class="flex min-w-0 flex-col gap-4">
              <Show when={data().job!.error}>{(error) => <Problem error={error()} />}</Show>
              <LogCard jobId={params.id} running={running()} />
            </div>
            <Facets job={data().job!} />
          </div>
        )}
      </DataState>
    </Page>
  );
}
