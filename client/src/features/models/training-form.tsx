import { For, Show } from 'solid-js';
import { createQuery } from '../../data/query.ts';
import { Warnings } from '../../runs/warnings.tsx';
import { CalibrationChoice } from '../../runs/calibration-choice.tsx';
import type { CalibratedModel } from '../../runs/fitting-results.ts';
import { PriorFields } from '../../runs/prior-fields.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Checkbox, SelectField, TextField } from '../../ui/field.tsx';
import { plural } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Hyperparameters } from './hyperparameters.tsx';
import { TrainingPreviewDocument, type TrainingPreviewQuery } from './models.generated.ts';
import { type Training, withChannel } from './training-state.ts';

interface Parts {
  training: Training;
  onChange: (training: Training) => void;
}

function Day(props: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <TextField
      class="w-40"
      label={props.label}
      type="date"
      required
      value={props.value}
      onChange={(event) => event.currentTarget.value && props.onChange(event.currentTarget.value)}
    />
  );
}

function Choice<Value extends string>(props: {
  label: string;
  value: Value;
  options: { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) {
  return (
    <div class="flex flex-col gap-1">
      <span class="text-xs font-semibold text-ink-2">{props.label}</span>
      <Segmented label={props.label} value={props.value} options={props.options} onChange={props.onChange} />
    </div>
  );
}

function Data(props: Parts & { fixedSource?: boolean | undefined }) {
  const set = (change: Partial<Training>): void => props.onChange({ ...props.training, ...change });
  return (
    <div class="flex flex-wrap items-end gap-x-5 gap-y-3">
      <Day label="From" value={props.training.from} onChange={(from) => set({ from })} />
      <Day label="To" value={props.training.to} onChange={(to) => set({ to })} />
      <Choice
        label="KPI"
        value={props.training.kpi ?? 'REVENUE'}
        options={[
          { value: 'REVENUE', label: 'Revenue' },
          { value: 'CONVERSIONS', label: 'Conversions' },
        ]}
        onChange={(kpi) => set({ kpi })}
      />
      <SelectField
        class="w-44"
        label="As told by"
        value={props.training.basis ?? 'CLAIMED'}
        onChange={(event) => set({ basis: event.currentTarget.value as NonNullable<Training['basis']> })}
      >
        <option value="CLAIMED">Ad platforms</option>
        <option value="BOOKED">Shop or CRM</option>
        <option value="PAID">Payments</option>
      </SelectField>
      <Choice
        label="Period"
        value={props.training.period ?? 'WEEK'}
        options={[
          { value: 'WEEK', label: 'Weeks' },
          { value: 'DAY', label: 'Days' },
        ]}
        onChange={(period) => set({ period })}
      />
      <Choice
        label="Regions"
        value={props.training.geo ?? 'NATIONAL'}
        options={[
          { value: 'NATIONAL', label: 'All together' },
          { value: 'REGION', label: 'Each by itself' },
        ]}
        onChange={(geo) => set({ geo })}
      />
      <Show when={!props.fixedSource}>
        <Choice
          label="Data"
          value={props.training.mock ? 'mock' : 'real'}
          options={[
            { value: 'real', label: 'Live and files' },
            { value: 'mock', label: 'Mock' },
          ]}
          onChange={(source) => set({ mock: source === 'mock' })}
        />
      </Show>
    </div>
  );
}

function Experiments(props: Parts) {
  const model = (): CalibratedModel => ({
    kpi: props.training.kpi ?? 'REVENUE',
    basis: props.training.basis ?? 'CLAIMED',
    regional: props.training.geo === 'REGION',
    mock: props.training.mock ?? false,
  });
  return (
    <fieldset class="flex flex-col gap-1">
      <legend class="mb-1 text-xs font-semibold text-ink-2">Experiments that it has to agree with</legend>
      <CalibrationChoice
        model={model()}
        chosen={props.training.calibrationIds ?? []}
        onChange={(calibrationIds) => props.onChange({ ...props.training, calibrationIds })}
      />
    </fieldset>
  );
}

type Found = TrainingPreviewQuery['mixModelPreview'];

/** The channels to measure, and what speaks against training as it is set. */
function Findings(props: Parts & { found: Found }) {
  const spending = () =>
    props.found.channels
      .filter(({ spend }) => spend > 0)
      .map(({ name }) => name)
      .toSorted();
  const chosen = (name: string): boolean => props.training.onlyChannels?.includes(name) ?? true;
  return (
    <div class="flex flex-col gap-3">
      <fieldset class="flex flex-col gap-1">
        <legend class="mb-1 text-xs font-semibold text-ink-2">
          Channels with spend · {plural(props.found.periods, 'period')}
          <Show when={props.found.currency}> · {props.found.currency}</Show>
          <Show when={props.training.geo === 'REGION'}> · {plural(props.found.regions.length, 'region')}</Show>
        </legend>
        <div class="flex flex-wrap gap-x-5 gap-y-1">
          <For each={spending()} fallback={<p class="text-sm text-ink-2">No channel has spend in these days.</p>}>
            {(name) => (
              <Checkbox
                label={name}
                checked={chosen(name)}
                onChange={(event) => {
                  props.onChange(withChannel(props.training, spending(), name, event.currentTarget.checked));
                  event.currentTarget.checked = chosen(name);
                }}
              />
            )}
          </For>
        </div>
      </fieldset>
      <For each={props.found.problems}>{(problem) => <Banner tone="error">{problem.message}</Banner>}</For>
      <Warnings of={props.found.warnings} />
    </div>
  );
}

function Beliefs(props: Parts & { found: Found | undefined }) {
  return (
    <details>
      <summary class="w-fit text-xs font-semibold text-ink-2 hover:text-ink">Beliefs before the data</summary>
      <div class="mt-3">
        <PriorFields
          priors={props.found?.priors ?? []}
          changed={props.training.priors ?? []}
          onChange={(priors) => props.onChange({ ...props.training, priors })}
        />
      </div>
    </details>
  );
}

/** What a version is trained with, and what it would read. */
export function TrainingForm(props: Parts & { fixedSource?: boolean }) {
  const preview = createQuery(TrainingPreviewDocument, () => {
    // Of all channels, so that one that is left out can come back.
    const { onlyChannels: _, ...input } = props.training;
    return { input };
  });
  const found = () => preview.data()?.mixModelPreview;
  const parts = (): Parts => ({ training: props.training, onChange: props.onChange });
  return (
    <div class="flex flex-col gap-4">
      <Data {...parts()} fixedSource={props.fixedSource} />
      <Show when={preview.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <Show when={found()}>{(shown) => <Findings {...parts()} found={shown()} />}</Show>
      <Experiments {...parts()} />
      <Hyperparameters {...parts()} />
      <Beliefs {...parts()} found={found()} />
    </div>
  );
}
