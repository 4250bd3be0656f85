import { useNavigate } from '@solidjs/router';
import { Show, createEffect, createSignal } from 'solid-js';
import { createAction, createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { timeZone, useQuery } from '../../data/url.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { dayIn } from '../../ui/range.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CreateModelDocument, ModelDataDocument, TrainModelVersionDocument } from './models.generated.ts';
import { TrainingForm } from './training-form.tsx';
import { type Training, initialTraining } from './training-state.ts';

function createDraft() {
  const url = useQuery();
  const data = createQuery(ModelDataDocument, () => ({}));
  const [training, setTraining] = createSignal<Training>();
  createEffect(() => {
    const extent = data.data()?.dataExtent;
    if (!extent || training()) return;
    const onlyMock = extent.sourceKinds.length > 0 && extent.sourceKinds.every((kind) => kind === 'MOCK');
    const begun = initialTraining(extent.firstDate, extent.lastDate, dayIn(Date.now(), timeZone()));
    setTraining({ ...begun, mock: url.get('source') === 'mock' || onlyMock });
  });
  return { data, training, setTraining };
}

function Whole(props: { label: string; value: number; most: number; onChange: (value: number) => void }) {
  return (
    <TextField
      class="w-36"
      label={props.label}
      type="number"
      min={1}
      max={props.most}
      step={1}
      value={props.value}
      onChange={(event) => event.currentTarget.checkValidity() && props.onChange(Number(event.currentTarget.value))}
    />
  );
}

function ModelForm(props: { training: Training; onChange: (training: Training) => void }) {
  const navigate = useNavigate();
  const [name, setName] = createSignal('');
  const [folds, setFolds] = createSignal(3);
  const [periods, setPeriods] = createSignal(4);
  const create = createAction(async () => {
    const input = { name: name(), training: props.training, backTest: { folds: folds(), periods: periods() } };
    const { id } = (await mutate(CreateModelDocument, { input })).createModel.model;
    await mutate(TrainModelVersionDocument, { modelId: id });
    navigate(`/models/${id}`);
  });
  return (
    <form
      aria-label="New model"
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void create.run();
      }}
    >
      <div class="flex flex-wrap items-start gap-x-5 gap-y-3">
        <TextField
          class="min-w-0 flex-1 basis-64"
          label="Name"
          required
          maxlength={120}
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Whole label="Back-test folds" value={folds()} most={8} onChange={setFolds} />
        <Whole label="Periods per fold" value={periods()} most={52} onChange={setPeriods} />
      </div>
      <TrainingForm training={props.training} onChange={props.onChange} />
      <Show when={create.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <div class="flex gap-2">
        <Show when={may('causal:run')}>
          <Button type="submit" look="primary" pending={create.pending()}>
            Create and train
          </Button>
        </Show>
        <LinkButton href="/models">Cancel</LinkButton>
      </div>
    </form>
  );
}

/** Names a question and trains its first version. */
export function NewModelPage() {
  const { data, training, setTraining } = createDraft();
  return (
    <Page title="New model" status="Mix model: which channel brings how much, and what it would bring for other money">
      <Show when={data.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <Show when={training()} fallback={<Skeleton rows={6} class="card" />}>
        {(chosen) => (
          <Card>
            <ModelForm training={chosen()} onChange={setTraining} />
          </Card>
        )}
      </Show>
    </Page>
  );
}
