import { Show } from 'solid-js';
import { createAction } from '../data/query.ts';
import { may } from '../data/session.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { percent } from '../ui/format.ts';
import { Progress } from '../ui/progress.tsx';
import type { RunProgress } from '../ui/run-badge.tsx';

/** A run that has not ended: how far it is, and the way to stop it. */
export function RunningCard(props: {
  title: string;
  /** What is being done. */
  hint: string;
  /** What the bar stands for, for screen readers. */
  label: string;
  run: RunProgress;
  cancel: () => Promise<unknown>;
}) {
  const cancel = createAction(() => props.cancel());
  const isQueued = () => props.run.state === 'QUEUED';
  return (
    <Card title={props.title} hint={isQueued() ? 'Waiting for its turn' : props.hint}>
      <div class="flex flex-col gap-3">
        <div class="flex items-center gap-3">
          <Progress label={props.label} value={isQueued() ? null : props.run.progress} />
          <span class="tabular w-12 text-right text-sm font-semibold">{percent(props.run.progress, 0)}</span>
        </div>
        <Show when={may('causal:run')}>
          <div>
            <Button size="sm" pending={cancel.pending()} onClick={() => void cancel.run()}>
              Cancel
            </Button>
          </div>
        </Show>
        <Show when={cancel.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      </div>
    </Card>
  );
}
