import { For, Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox, SelectField, TextField } from '../../ui/field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { Time } from '../../ui/time.tsx';
import { bases } from './calibration-form.ts';
import { verdictNames } from './experiment-names.ts';
import {
  DecideExperimentDocument,
  type DecisionCalibrationInput,
  type ExperimentFieldsFragment,
  type MixBasis,
  type MixKpi,
  type Verdict,
} from './experiments.generated.ts';

interface Shown {
  experiment: ExperimentFieldsFragment;
  onChanged: () => void;
}

function Record(props: { experiment: ExperimentFieldsFragment }) {
  return (
    <Show when={props.experiment.decision}>
      {(decision) => (
        <Card title="Decision" aside={<Badge tone="ok">{verdictNames[decision().verdict]}</Badge>}>
          <div class="flex flex-col gap-2 text-sm">
            <p>{decision().why}</p>
            <p class="text-ink-2">
              {decision().by}, <Time at={decision().at} />
            </p>
            <For each={props.experiment.calibrations}>
              {(calibration) => <p class="rounded-control bg-sunken p-2">{calibration.conclusion}</p>}
            </For>
            <p class="font-mono text-xs break-all text-ink-2">Result {decision().resultHash.slice(0, 16)}…</p>
          </div>
        </Card>
      )}
    </Show>
  );
}

function calibrationOf(form: FormData, isGeo: boolean): DecisionCalibrationInput | null {
  if (form.get('calibrate') !== 'on') return null;
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const figure = (name: string): number | null => (text(name) === '' ? null : Number(text(name)));
  const common = { channel: text('channel'), spend: figure('spend'), spendChange: figure('spendChange') };
  if (isGeo) return common;
  const counted = { kpi: text('kpi') as MixKpi, basis: text('basis') as MixBasis };
  return { ...common, ...counted, currency: text('currency').toUpperCase() };
}

function CalibrationFields(props: { experiment: ExperimentFieldsFragment }) {
  const isGeo = () => props.experiment.kind === 'GEO';
  return (
    <div class="flex flex-col gap-3 border-l-2 border-line pl-3">
      <TextField name="channel" label="Channel" required value={props.experiment.geo?.channel ?? ''} />
      <Show when={!isGeo()}>
        <SelectField name="kpi" label="The metric counts">
          <option value="REVENUE">Revenue</option>
          <option value="CONVERSIONS">Conversions</option>
        </SelectField>
        <SelectField name="basis" label="Counted by">
          <For each={bases}>{([value, label]) => <option value={value}>{label}</option>}</For>
        </SelectField>
        <TextField name="currency" label="Currency of the spend" required maxLength={3} />
      </Show>
      <TextField
        name="spend"
        label="Usual spend per day"
        type="number"
        step="any"
        min="0"
        required={!isGeo()}
        hint={isGeo() ? 'As read from the records when empty' : undefined}
      />
      <TextField
        name="spendChange"
        label="Spent more per day on the arm"
        type="number"
        step="any"
        required={!isGeo()}
        hint={isGeo() ? 'As read from the records when empty' : 'Below 0 for a holdout'}
      />
    </div>
  );
}

function Form(props: Shown) {
  const [calibrate, setCalibrate] = createSignal(false);
  const decide = createAction(async (element: HTMLFormElement) => {
    const form = new FormData(element);
    await mutate(DecideExperimentDocument, {
      input: {
        id: props.experiment.id,
        verdict: String(form.get('verdict')) as Verdict,
        why: String(form.get('why') ?? ''),
        calibration: calibrationOf(form, props.experiment.kind === 'GEO'),
      },
    });
    props.onChanged();
  });
  return (
    <Card title="Decide" hint="The result is frozen as it stands, with your name.">
      <form
        class="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void decide.run(event.currentTarget);
        }}
      >
        <SelectField name="verdict" label="Decision">
          <For each={Object.entries(verdictNames)}>{([value, label]) => <option value={value}>{label}</option>}</For>
        </SelectField>
        <TextArea name="why" label="Why" rows={3} required />
        <Checkbox
          name="calibrate"
          label="Spend changed by a known amount: keep the result as a calibration"
          checked={calibrate()}
          onChange={(event) => setCalibrate(event.currentTarget.checked)}
        />
        <Show when={calibrate()}>
          <CalibrationFields experiment={props.experiment} />
        </Show>
        <Show when={decide.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
        <Button type="submit" look="primary" pending={decide.pending()}>
          Decide
        </Button>
      </form>
    </Card>
  );
}

/** The decision that was made, or the form to make it. */
export function DecisionCard(props: Shown) {
  return (
    <Show
      when={props.experiment.decision}
      fallback={
        <Show when={may('causal:run') && props.experiment.allowed.includes('DECIDE')}>
          <Form {...props} />
        </Show>
      }
    >
      <Record experiment={props.experiment} />
    </Show>
  );
}
