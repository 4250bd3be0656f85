import { For, Show } from 'solid-js';
import { createQuery } from '../../data/query.ts';
import { Warnings } from '../../runs/warnings.tsx';
import { CalibrationChoice } from '../../runs/calibration-choice.tsx';
import type { CalibratedModel } from '../../runs/fitting-results.ts';
import { Banner } from '../../ui/banner.tsx';
import { Checkbox, SelectField, TextField } from '../../ui/field.tsx';
import { plural } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { TrainingPreviewDocument } from './models.generated.ts';
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
        <option value="CLAIMED">Advertising platforms</option>
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

type ShapeKey = 'carryOver' | 'saturation' | 'trend';

const shapes: { key: ShapeKey; label: string; options: [value: string, label: string][] }[] = [
  {
    key: 'carryOver',
    label: 'Carry-over',
    options: [
      ['GEOMETRIC', 'Geometric'],
      ['WEIBULL_PDF', 'Weibull, may rise first'],
      ['WEIBULL_CDF', 'Weibull, fades'],
      ['NONE', 'None'],
    ],
  },
  {
    key: 'saturation',
    label: 'Saturation',
    options: [
      ['LOGISTIC', 'Logistic'],
      ['HILL', 'Hill, may be S-shaped'],
      ['MICHAELIS_MENTEN', 'Michaelis-Menten'],
      ['NONE', 'None'],
    ],
  },
  {
    key: 'trend',
    label: 'Trend',
    options: [
      ['BENDING', 'A line that may bend'],
      ['LINEAR', 'A line'],
      ['NONE', 'None'],
    ],
  },
];

const wholes = [
  { key: 'yearlyWaves', label: 'Waves of the year', initial: 2, least: 0, most: 12 },
  { key: 'chains', label: 'Chains', initial: 4, least: 2, most: 8 },
  { key: 'draws', label: 'Draws per chain', initial: 1000, least: 100, most: 5000 },
  { key: 'seed', label: 'Seed', initial: 1, least: 0, most: 2_147_483_647 },
] as const;

function Shape(props: Parts & { shape: (typeof shapes)[number] }) {
  const { key, label, options } = props.shape;
  return (
    <SelectField
      label={label}
      value={props.training[key] ?? options[0]![0]}
      onChange={(event) => props.onChange({ ...props.training, [key]: event.currentTarget.value })}
    >
      <For each={options}>{([value, text]) => <option value={value}>{text}</option>}</For>
    </SelectField>
  );
}

function Whole(props: Parts & { field: (typeof wholes)[number] }) {
  const { key, label, initial, least, most } = props.field;
  return (
    <TextField
      label={label}
      type="number"
      min={least}
      max={most}
      step={1}
      value={props.training[key] ?? initial}
      onChange={(event) => {
        const { value } = event.currentTarget;
        if (value === '' || !event.currentTarget.checkValidity()) return;
        props.onChange({ ...props.training, [key]: Number(value) });
      }}
    />
  );
}

function Hyperparameters(props: Parts) {
  return (
    <details>
      <summary class="w-fit text-xs font-semibold text-ink-2 hover:text-ink">Features and hyper-parameters</summary>
      <div class="mt-3 grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <For each={shapes}>
          {(shape) => <Shape shape={shape} training={props.training} onChange={props.onChange} />}
        </For>
        <TextField
          label="Holidays of"
          placeholder="e.g. US or DE-BY"
          value={props.training.holidays?.region ?? ''}
          onChange={(event) => {
            const region = event.currentTarget.value.trim();
            props.onChange({ ...props.training, holidays: region ? { region } : null });
          }}
        />
        <For each={wholes}>
          {(field) => <Whole field={field} training={props.training} onChange={props.onChange} />}
        </For>
      </div>
    </details>
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

/** What a training reads, and what keeps it from being trained, while it is set. */
function Preview(props: Parts) {
  const preview = createQuery(TrainingPreviewDocument, () => {
    // Of all channels, so that one that is left out can come back.
    const { onlyChannels: _, ...input } = props.training;
    return { input };
  });
  const found = () => preview.data()?.mixModelPreview;
  const spending = () =>
    (found()?.channels ?? [])
      .filter(({ spend }) => spend > 0)
      .map(({ name }) => name)
      .toSorted();
  const chosen = (name: string): boolean => props.training.onlyChannels?.includes(name) ?? true;
  return (
    <div class="flex flex-col gap-3">
      <Show when={preview.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <Show when={found()}>
        {(found) => (
          <>
            <fieldset class="flex flex-col gap-1">
              <legend class="mb-1 text-xs font-semibold text-ink-2">
                Channels with spend · {plural(found().periods, 'period')}
                <Show when={found().currency}> · {found().currency}</Show>
                <Show when={props.training.geo === 'REGION'}> · {plural(found().regions.length, 'region')}</Show>
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
            <For each={found().problems}>{(problem) => <Banner tone="error">{problem.message}</Banner>}</For>
            <Warnings of={found().warnings} />
          </>
        )}
      </Show>
    </div>
  );
}

/** What a version is trained with, and what it would read. */
export function TrainingForm(props: Parts & { fixedSource?: boolean }) {
  return (
    <div class="flex flex-col gap-4">
      <Data training={props.training} fixedSource={props.fixedSource} onChange={props.onChange} />
      <Preview training={props.training} onChange={props.onChange} />
      <Experiments training={props.training} onChange={props.onChange} />
      <Hyperparameters training={props.training} onChange={props.onChange} />
    </div>
  );
}
