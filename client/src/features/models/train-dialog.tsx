import { Show, createEffect, createSignal, on } from 'solid-js';
import { createAction, createQuery, mutate } from '../../data/query.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { Model } from './model-page.tsx';
import { ModelDataDocument, TrainModelVersionDocument } from './models.generated.ts';
import { TrainingForm } from './training-form.tsx';
import { type Training, storedTraining } from './training-state.ts';

/** Trains another version, beginning from the settings of the last one. */
export function TrainDialog(props: { open: boolean; model: Model; onClose: () => void; onStarted: () => void }) {
  const data = createQuery(ModelDataDocument, () => (props.open ? {} : null));
  const [training, setTraining] = createSignal<Training>(storedTraining(props.model.training));
  const last = () => data.data()?.dataExtent.lastDate;
  const start = createAction(async () => {
    await mutate(TrainModelVersionDocument, { modelId: props.model.id, training: training() });
    props.onStarted();
  });
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (!open) return;
        setTraining(storedTraining(props.model.training));
        start.clear();
      },
    ),
  );
  return (
    <Dialog
      open={props.open}
      title="Train a version"
      wide
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button look="primary" pending={start.pending()} onClick={() => void start.run()}>
            Train
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-4">
        <p class="text-sm text-ink-2">
          Versions over the same days are tested on the same folds and can be compared. New days make new folds.
        </p>
        <Show when={last() && last()! > training().to}>
          <div>
            <Button size="sm" onClick={() => setTraining((now) => ({ ...now, to: last()! }))}>
              Take the data until {last()}
            </Button>
          </div>
        </Show>
        <TrainingForm training={training()} fixedSource onChange={setTraining} />
        <Show when={start.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      </div>
    </Dialog>
  );
}
