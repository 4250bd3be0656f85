import { For, Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { timeZone } from '../../data/url.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { dayIn } from '../../ui/range.ts';
import {
  CompleteExperimentDocument,
  type ExperimentFieldsFragment,
  StartExperimentDocument,
  StopExperimentDocument,
} from './experiments.generated.ts';

interface Shown {
  experiment: ExperimentFieldsFragment;
  onChanged: () => void;
}

function Start(props: Shown) {
  const planned = () => props.experiment.abDesign?.days ?? props.experiment.geoDesign?.days ?? 14;
  const [startOn, setStartOn] = createSignal(dayIn(Date.now(), timeZone()));
  const [length, setLength] = createSignal(String(planned()));
  const start = createAction(async () => {
    const variables = { id: props.experiment.id, startOn: startOn(), days: Number(length()) };
    await mutate(StartExperimentDocument, variables);
    props.onChanged();
  });
  return (
    <form
      class="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void start.run();
      }}
    >
      <TextField
        label="First day"
        type="date"
        required
        value={startOn()}
        onInput={(event) => setStartOn(event.currentTarget.value)}
      />
      <TextField
        label="Days"
        type="number"
        min="1"
        max="730"
        required
        hint="As designed, unless you know better. Whole weeks even out days of the week."
        value={length()}
        onInput={(event) => setLength(event.currentTarget.value)}
      />
      <Show when={start.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <Button type="submit" look="primary" pending={start.pending()}>
        Start experiment
      </Button>
    </form>
  );
}

function End(props: Shown) {
  const [asking, setAsking] = createSignal(false);
  const over = () => (props.experiment.endsOn ?? '') < dayIn(Date.now(), 'UTC');
  const complete = createAction(async () => {
    await mutate(CompleteExperimentDocument, { id: props.experiment.id });
    props.onChanged();
  });
  const stop = createAction(async () => {
    await mutate(StopExperimentDocument, { id: props.experiment.id });
    setAsking(false);
    props.onChanged();
  });
  return (
    <div class="flex flex-col gap-3">
      <p class="text-sm text-ink-2">
        {props.experiment.kind === 'AB'
          ? 'Look as often as you like: the always-valid interval holds at every look. The fixed-horizon result holds at the planned end alone.'
          : 'Watch as often as you like; p-values and intervals are given at the planned end, for one look.'}
      </p>
      <Show when={complete.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <div class="flex flex-wrap gap-2">
        <Show when={over()}>
          <Button look="primary" pending={complete.pending()} onClick={() => void complete.run()}>
            Complete
          </Button>
        </Show>
        <Show when={!over()}>
          <Button look="danger" onClick={() => setAsking(true)}>
            Stop early
          </Button>
        </Show>
      </div>
      <ConfirmDialog
        open={asking()}
        title="Stop this experiment?"
        confirm="Stop"
        pending={stop.pending()}
        error={stop.failure()?.message}
        onConfirm={() => void stop.run()}
        onClose={() => setAsking(false)}
      >
        <p>It cannot be started again. After an early end only the always-valid result holds.</p>
      </ConfirmDialog>
    </div>
  );
}

/** What may be done with the experiment now: start it, or end it. */
export function RunCard(props: Shown) {
  const can = (action: 'START' | 'STOP') => may('causal:run') && props.experiment.allowed.includes(action);
  return (
    <>
      <Show when={can('START')}>
        <Card title="Start">
          <Start {...props} />
        </Card>
      </Show>
      <Show when={can('STOP')}>
        <Card title="Running">
          <End {...props} />
        </Card>
      </Show>
      <Show when={props.experiment.ab}>
        {(ab) => (
          <Card title="Arms">
            <ul class="flex flex-col gap-1 text-sm">
              <For each={ab().arms}>
                {(arm) => (
                  <li class="flex justify-between gap-4">
                    <span class="truncate font-semibold">{arm.name}</span>
                    <span class="tabular text-ink-2">
                      {arm.share}
                      {arm.campaign ? ` · ${arm.campaign}` : ''}
                    </span>
                  </li>
                )}
              </For>
            </ul>
          </Card>
        )}
      </Show>
    </>
  );
}
