import { useNavigate } from '@solidjs/router';
import { Show, createEffect, createSignal } from 'solid-js';
import { createStore } from 'solid-js/store';
import { createAction, createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { isOnlyMock } from '../../runs/only-mock.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Step } from '../../ui/step.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { AbFields } from './ab-fields.tsx';
import { DesignAnswer } from './design-answer.tsx';
import { type ExperimentForm, designInput, emptyForm, experimentInput } from './experiment-form.ts';
import {
  CreateExperimentDocument,
  DesignAbTestDocument,
  DesignExperimentDocument,
  ExperimentSourcesDocument,
} from './experiments.generated.ts';
import { GeoFields } from './geo-fields.tsx';

function Kind(props: { form: ExperimentForm; onChange: (change: Partial<ExperimentForm>) => void }) {
  return (
    <div class="flex flex-col gap-4">
      <Segmented
        label="Kind of experiment"
        value={props.form.kind}
        options={[
          { value: 'AB', label: 'A/B: units at random' },
          { value: 'GEO', label: 'Geo: markets' },
        ]}
        onChange={(kind) => props.onChange({ kind })}
      />
      <p class="text-sm text-ink-2">
        {props.form.kind === 'AB'
          ? 'Each user, session or account is put into an arm at random. The sharpest test, where you can tell them apart.'
          : 'Spend is changed in some markets while others stay as they are. For media that reaches whole regions.'}
      </p>
      <div class="grid items-start gap-4 md:grid-cols-2">
        <TextField
          label="Name"
          required
          maxLength={200}
          value={props.form.name}
          onInput={(event) => props.onChange({ name: event.currentTarget.value })}
        />
        <TextArea
          label="Hypothesis"
          rows={2}
          hint="What changes, what it should do, and why"
          value={props.form.hypothesis}
          onInput={(event) => props.onChange({ hypothesis: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}

function LiveDesign(props: { form: ExperimentForm }) {
  const design = createQuery(DesignAbTestDocument, () => {
    const input = designInput(props.form);
    return input && { input };
  });
  return (
    <Show
      when={designInput(props.form)}
      fallback={<p class="text-sm text-ink-2">Give the baseline and the effect, and the answer stands here.</p>}
    >
      <Show when={design.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <Show when={!design.failure() && design.data()}>
        {(data) => <DesignAnswer design={data().designAbTest} unit={props.form.unit || 'units'} />}
      </Show>
    </Show>
  );
}

/** Plans an experiment; how large it must be is answered while typing. Markets of geo tests are chosen afterwards. */
export function NewExperimentPage() {
  const navigate = useNavigate();
  const [form, setForm] = createStore<ExperimentForm>({ ...emptyForm });
  const sources = createQuery(ExperimentSourcesDocument, () => ({}));
  createEffect(() => isOnlyMock(sources.data()?.dataExtent.sourceKinds) && setForm({ mock: true }));
  const [designed, setDesigned] = createSignal(false);
  const create = createAction(async () => {
    const { id } = (await mutate(CreateExperimentDocument, { input: experimentInput(form) })).createExperiment
      .experiment;
    if (form.kind === 'AB') await mutate(DesignExperimentDocument, { id });
    setDesigned(true);
    navigate(`/experiments/${id}`);
  });
  return (
    <Page title="New experiment">
      <form
        class="flex flex-col gap-4"
        aria-label="New experiment"
        onSubmit={(event) => {
          event.preventDefault();
          void create.run();
        }}
      >
        <Step number={1} title="What is tried">
          <Kind form={form} onChange={setForm} />
        </Step>
        <Step
          number={2}
          title={form.kind === 'AB' ? 'Metric and arms' : 'Channel and history'}
          hint={form.kind === 'AB' ? 'Choose the one metric that decides before you see any result.' : undefined!}
        >
          <Show when={form.kind === 'AB'} fallback={<GeoFields form={form} onChange={setForm} />}>
            <AbFields form={form} onChange={setForm} />
          </Show>
        </Step>
        <Show when={form.kind === 'AB'}>
          <Step number={3} title="How large it must be">
            <LiveDesign form={form} />
          </Step>
        </Show>
        <Show when={create.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
        <Show
          when={may('causal:run')}
          fallback={<Banner tone="info">Your role may look at experiments, not plan them.</Banner>}
        >
          <div>
            <Button type="submit" look="primary" pending={create.pending()} disabled={designed()}>
              {form.kind === 'AB' ? 'Create and review' : 'Create and choose markets'}
            </Button>
          </div>
        </Show>
      </form>
    </Page>
  );
}
