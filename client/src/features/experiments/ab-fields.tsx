import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { Index, Show } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { Checkbox, SelectField, TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { type ExperimentForm, primaryOf } from './experiment-form.ts';
import type { ExperimentSource } from './experiments.generated.ts';
import { MetricFields } from './metric-fields.tsx';

interface Parts {
  form: ExperimentForm;
  onChange: (change: Partial<ExperimentForm>) => void;
}

function Units(props: Parts) {
  return (
    <div class="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <TextField
        label="Assigned are"
        required
        value={props.form.unit}
        onInput={(event) => props.onChange({ unit: event.currentTarget.value })}
      />
      <SelectField
        label="Figures come from"
        value={props.form.source}
        onChange={(event) => props.onChange({ source: event.currentTarget.value as ExperimentSource })}
      >
        <option value="POSTED">the API, sent in</option>
        <option value="CLICKS">campaigns: conversions per click</option>
        <option value="IMPRESSIONS">campaigns: conversions per impression</option>
      </SelectField>
    </div>
  );
}

function Arms(props: Parts) {
  const set = (index: number, change: Partial<ExperimentForm['arms'][number]>): void =>
    props.onChange({ arms: props.form.arms.map((arm, place) => (place === index ? { ...arm, ...change } : arm)) });
  const add = (): void =>
    props.onChange({
      arms: [...props.form.arms, { name: `treatment ${props.form.arms.length}`, share: '50', campaign: '' }],
    });
  return (
    <fieldset class="flex flex-col gap-2">
      <legend class="mb-1 text-xs font-semibold text-ink-2">Arms, the control first</legend>
      <Index each={props.form.arms}>
        {(arm, index) => (
          <div class="flex flex-wrap items-end gap-2">
            <TextField
              quiet
              label={`Name of arm ${index + 1}`}
              required
              value={arm().name}
              onInput={(event) => set(index, { name: event.currentTarget.value })}
            />
            <TextField
              quiet
              class="w-28"
              label={`Share of arm ${index + 1}`}
              type="number"
              min="0"
              step="any"
              required
              value={arm().share}
              onInput={(event) => set(index, { share: event.currentTarget.value })}
            />
            <Show when={props.form.source !== 'POSTED'}>
              <TextField
                quiet
                label={`Campaign of arm ${index + 1}`}
                placeholder="Campaign"
                required
                value={arm().campaign}
                onInput={(event) => set(index, { campaign: event.currentTarget.value })}
              />
            </Show>
            <Show when={props.form.arms.length > 2}>
              <IconButton
                label={`Remove ${arm().name}`}
                onClick={() => props.onChange({ arms: props.form.arms.filter((_, place) => place !== index) })}
              >
                <X size={15} />
              </IconButton>
            </Show>
          </div>
        )}
      </Index>
      <div>
        <Button size="sm" onClick={add}>
          <Plus size={14} aria-hidden="true" /> Add an arm
        </Button>
      </div>
    </fieldset>
  );
}

function Size(props: Parts) {
  const fields = (): [key: keyof ExperimentForm, label: string, hint: string][] => [
    primaryOf(props.form).kind === 'SHARE'
      ? ['baseline', 'Baseline in %', 'What the control does now']
      : ['baseline', 'Baseline', 'What the control does now'],
    ...(primaryOf(props.form).kind === 'SHARE'
      ? []
      : [['sd', 'Standard deviation', 'Of units, not of their mean'] as [keyof ExperimentForm, string, string]]),
    ['effect', 'Smallest effect in %', 'Of the baseline; smaller is not worth finding'],
    ['power', 'Power in %', 'Chance to find it'],
    ['alpha', 'Error in %', 'Chance to claim what is not there'],
    ['unitsPerDay', 'Units per day', 'In all arms; gives the duration'],
    ['costPerUnit', 'Cost per unit', 'Optional'],
  ];
  return (
    <div class="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <Index each={fields()}>
        {(field) => (
          <TextField
            label={field()[1]}
            hint={field()[2]}
            inputMode="decimal"
            value={String(props.form[field()[0]])}
            onInput={(event) => props.onChange({ [field()[0]]: event.currentTarget.value })}
          />
        )}
      </Index>
      <Show when={primaryOf(props.form).adjusted}>
        <TextField
          label="Correlation with before"
          hint="Of the outcome with itself before the start, 0 to 1"
          inputMode="decimal"
          value={props.form.correlation}
          onInput={(event) => props.onChange({ correlation: event.currentTarget.value })}
        />
      </Show>
    </div>
  );
}

/** Units, metrics, arms, and what the size of an A/B experiment is found by. */
export function AbFields(props: Parts) {
  return (
    <div class="flex flex-col gap-5">
      <Units {...props} />
      <MetricFields {...props} />
      <Arms {...props} />
      <Size {...props} />
      <div class="flex flex-col gap-2">
        <Checkbox
          label="Look at it all the time (always-valid interval; needs more units)"
          checked={props.form.sequential}
          onChange={(event) => props.onChange({ sequential: event.currentTarget.checked })}
        />
        <Show when={props.form.source !== 'POSTED'}>
          <Checkbox
            label="Generated (mock) records"
            checked={props.form.mock}
            onChange={(event) => props.onChange({ mock: event.currentTarget.checked })}
          />
        </Show>
      </div>
    </div>
  );
}
