import Ban from 'lucide-solid/icons/ban';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { Show } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { CancelJobDocument, type JobFieldsFragment, RetryJobDocument } from './jobs.generated.ts';

/** Run again, or stop: whichever the job allows. */
export function JobActions(props: {
  job: JobFieldsFragment;
  onDone: (job: JobFieldsFragment) => void;
  small?: boolean;
}) {
  const retry = createAction(async () => {
    props.onDone((await mutate(RetryJobDocument, { id: props.job.id })).retryJob.job);
    toast('The job runs again');
  });
  const cancel = createAction(async () => {
    props.onDone((await mutate(CancelJobDocument, { id: props.job.id })).cancelJob.job);
    toast('The job is being stopped');
  });
  const run = async (action: typeof retry): Promise<void> => {
    if (!(await action.run())) toast(action.failure()?.message ?? 'That did not work.', 'error');
  };
  return (
    <Show when={may('jobs:manage')}>
      <Show when={props.job.canRetry}>
        <Button
          size={props.small ? 'sm' : 'md'}
          pending={retry.pending()}
          aria-label={`Retry ${props.job.type}`}
          onClick={() => void run(retry)}
        >
          <RotateCcw size={13} aria-hidden="true" /> Retry
        </Button>
      </Show>
      <Show when={props.job.canCancel}>
        <Button
          size={props.small ? 'sm' : 'md'}
          pending={cancel.pending()}
          aria-label={`Cancel ${props.job.type}`}
          onClick={() => void run(cancel)}
        >
          <Ban size={13} aria-hidden="true" /> Cancel
        </Button>
      </Show>
    </Show>
  );
}
