import { useNavigate } from '@solidjs/router';
import Play from 'lucide-solid/icons/play';
import { For, Show, createEffect, on } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { createAction, createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { timeZone, useQuery } from '../../data/url.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/field.tsx';
import { plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { dayIn } from '../../ui/range.ts';
import { ChannelFields, DataFields } from './data-fields.tsx';
import { CalibrationFields, ExtraFields } from './extra-fields.tsx';
import type { FormParts } from './form-parts.ts';
import { type MixForm, initialForm, toInput } from './mix-form.ts';
import { MixPreviewDocument, MixSourcesDocument, TrainMixModelDocument } from './mix-model.generated.ts';
import { PriorFields } from './prior-fields.tsx';

/** The form, which begins with what is known of the records, and what a training of it would read. */
function createForm() {
  const url = useQuery();
  const sources = createQuery(MixSourcesDocument, () => ({}));
  const today = dayIn(Date.now(), timeZone());
  const [form, change] = createStore<MixForm>(initialForm(null, null, today));
  createEffect(
    on(sources.data, (found) => {
      if (!found) return;
      const { firstDate, lastDate, sourceKinds } = found.dataExtent;
      const mock =
        url.get('source') === 'mock' || (sourceKinds.length > 0 && sourceKinds.every((kind) => kind === 'MOCK'));
      change(reconcile({ ...initialForm(firstDate, lastDate, today), mock }));
    }),
  );
  const input = () => toInput(form, spending());
  const preview = createQuery(MixPreviewDocument, () => (sources.data() ? { input: input() } : null));
  const found = () => preview.data()?.mixModelPreview;
  const spending = (): string[] =>
    (preview.data()?.mixModelPreview.channels ?? []).filter(({ spend }) => spend > 0).map(({ name }) => name);
  return { form, change, sources, preview, found, input };
}

function Sampler(props: FormParts) {
  const number = (label: string, key: 'chains' | 'draws' | 'acceptance' | 'seed', step: string) => (
    <TextField
      label={label}
      type="number"
      step={step}
      value={props.form[key]}
      onChange={(event) => props.change(key, Number(event.currentTarget.value))}
    />
  );
  return (
    <details>
      <summary class="w-fit text-sm font-semibold text-ink-2 hover:text-ink">Sampler</summary>
      <div class="mt-3 grid max-w-3xl grid-cols-2 gap-4 sm:grid-cols-4">
        {number('Chains', 'chains', '1')}
        {number('Draws per chain', 'draws', '100')}
        {number('Acceptance aimed at', 'acceptance', '0.01')}
        {number('Seed', 'seed', '1')}
      </div>
    </details>
  );
}

function Findings(props: { parts: FormParts }) {
  const problems = () => props.parts.preview?.problems ?? [];
  return (
    <div class="flex flex-col gap-2" aria-live="polite">
      <For each={problems()}>{(problem) => <Banner tone="error">{problem.message}</Banner>}</For>
      <For each={props.parts.preview?.warnings ?? []}>{(warning) => <Banner tone="warn">{warning}</Banner>}</For>
      <Show when={problems().length === 0 && props.parts.preview}>
        {(preview) => (
          <p class="text-sm text-ink-2">
            {plural(preview().periods, props.parts.form.period === 'WEEK' ? 'week' : 'day')} would be read
            {preview().events.length > 0 ? `, with ${preview().events.join(', ')}` : ''}.
          </p>
        )}
      </Show>
    </div>
  );
}

function Cards(props: FormParts) {
  return (
    <>
      <Card title="Data">
        <DataFields {...props} />
      </Card>
      <Card title="Channels">
        <ChannelFields {...props} />
      </Card>
      <Card title="What else moves it" hint="Whatever moves both spend and sales belongs here">
        <ExtraFields {...props} />
      </Card>
      <Card title="Experiments">
        <CalibrationFields {...props} />
      </Card>
      <Card title="Beliefs before the data" hint="Read them; where the data says little, they decide">
        <PriorFields {...props} />
      </Card>
      <Card>
        <Sampler {...props} />
      </Card>
    </>
  );
}

/** Asks what to explain by what, shows what would be read, and starts the training. */
export function NewMixPage() {
  const navigate = useNavigate();
  const { form, change, sources, preview, found, input } = createForm();
  const parts = (): FormParts => ({ form, change, preview: found(), sources: sources.data() });
  const ready = () => found() !== undefined && found()!.problems.length === 0;
  const start = createAction(async () => {
    const { trainMixModel } = await mutate(TrainMixModelDocument, { input: input() });
    navigate(`/mix-model/${trainMixModel.model.id}`);
  });
  return (
    <Page
      title="New mix model"
      status="What is explained, by which channels, and what is believed before the data"
      actions={<LinkButton href="/mix-model">All models</LinkButton>}
      above={
        <Show when={form.mock}>
          <Banner tone="warn">
            <strong>Mock data.</strong> Generated records with known effects; never mixed with live or uploaded ones.
          </Banner>
        </Show>
      }
    >
      <form
        class="flex flex-col gap-4"
        aria-label="Mix model"
        onSubmit={(event) => {
          event.preventDefault();
          void start.run();
        }}
      >
        <Cards {...parts()} />
        <Findings parts={parts()} />
        <Show when={preview.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
        <Show when={start.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
        <Show
          when={may('causal:run')}
          fallback={<Banner tone="info">Your role may read models but not train them.</Banner>}
        >
          <div>
            <Button type="submit" look="primary" pending={start.pending()} disabled={!ready()}>
              <Play size={14} aria-hidden="true" /> Train
            </Button>
          </div>
        </Show>
      </form>
    </Page>
  );
}
