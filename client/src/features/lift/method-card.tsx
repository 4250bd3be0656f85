import { For, Match, Switch } from 'solid-js';
import { Checkbox, SelectField, TextField } from '../../ui/field.tsx';
import type { MethodForm } from './lift-form.ts';
import { methodHints, methodNames } from './lift-names.ts';
import type { LiftMethod } from './lift.generated.ts';

interface Parts {
  form: MethodForm;
  onChange: (change: Partial<MethodForm>) => void;
}

const methods = ['SYNTHETIC_CONTROL', 'DIFFERENCE_IN_DIFFERENCES', 'CAUSAL_IMPACT'] as const;

function Methods(props: Parts) {
  return (
    <fieldset class="grid grid-cols-1 gap-2 md:grid-cols-3">
      <legend class="mb-1 text-xs font-semibold text-ink-2">Method</legend>
      <For each={methods}>
        {(method: LiftMethod) => (
          <label class="flex cursor-pointer gap-2 rounded-control border border-line p-3 text-sm hover:bg-hover has-checked:border-accent/60 has-checked:bg-accent-soft">
            <input
              type="radio"
              name="method"
              class="mt-0.5 size-4 shrink-0 accent-[var(--accent)]"
              checked={props.form.method === method}
              onChange={() => props.onChange({ method })}
            />
            <span>
              <span class="block font-semibold">{methodNames[method]}</span>
              <span class="block text-xs text-ink-2">{methodHints[method]}</span>
            </span>
          </label>
        )}
      </For>
    </fieldset>
  );
}

function Synthetic(props: Parts) {
  return (
    <>
      <SelectField
        label="Variant"
        value={props.form.variant}
        onChange={(event) => props.onChange({ variant: event.currentTarget.value as MethodForm['variant'] })}
      >
        <option value="RIDGE">Ridge-augmented</option>
        <option value="PLAIN">Plain weights</option>
        <option value="SYNTHETIC_DID">Synthetic differences</option>
      </SelectField>
      <SelectField
        label="p-values by"
        hint="Random orders assume errors that do not depend on their past"
        value={props.form.permutations}
        disabled={props.form.variant === 'SYNTHETIC_DID'}
        onChange={(event) => props.onChange({ permutations: event.currentTarget.value as MethodForm['permutations'] })}
      >
        <option value="SHIFTS">All cyclic shifts of time</option>
        <option value="ORDERS">10,000 random orders</option>
      </SelectField>
      <div class="pt-5">
        <Checkbox
          label="Compare movements, not levels"
          checked={props.form.fixedEffects}
          disabled={props.form.variant === 'SYNTHETIC_DID'}
          onChange={(event) => props.onChange({ fixedEffects: event.currentTarget.checked })}
        />
      </div>
    </>
  );
}

function Differences(props: Parts) {
  return (
    <>
      <SelectField
        label="Average of groups"
        hint="Where units start at different times"
        value={props.form.aggregation}
        onChange={(event) => props.onChange({ aggregation: event.currentTarget.value as MethodForm['aggregation'] })}
      >
        <option value="GROUP">By start</option>
        <option value="EVENT">By time since the start</option>
        <option value="CALENDAR">By period</option>
        <option value="SIMPLE">All alike</option>
      </SelectField>
      <div class="pt-5">
        <Checkbox
          label="Also compare with units treated later"
          checked={props.form.notYetTreated}
          onChange={(event) => props.onChange({ notYetTreated: event.currentTarget.checked })}
        />
      </div>
    </>
  );
}

function Impact(props: Parts) {
  const whole = (key: 'draws' | 'seasons', event: { currentTarget: HTMLInputElement }): void => {
    if (event.currentTarget.checkValidity()) props.onChange({ [key]: Number(event.currentTarget.value) });
  };
  return (
    <>
      <TextField
        label="Draws"
        type="number"
        min={100}
        max={20_000}
        value={props.form.draws}
        onChange={(event) => whole('draws', event)}
      />
      <TextField
        label="Seasons in a cycle"
        hint="7 for days of the week, 1 for none"
        type="number"
        min={1}
        max={366}
        value={props.form.seasons}
        onChange={(event) => whole('seasons', event)}
      />
      <div class="pt-5">
        <Checkbox
          label="The level has a slope"
          checked={props.form.trend}
          onChange={(event) => props.onChange({ trend: event.currentTarget.checked })}
        />
      </div>
    </>
  );
}

/** How to evaluate. */
export function MethodFields(props: Parts) {
  return (
    <div class="flex flex-col gap-4">
      <Methods {...props} />
      <div class="grid grid-cols-1 items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Switch>
          <Match when={props.form.method === 'SYNTHETIC_CONTROL'}>
            <Synthetic {...props} />
          </Match>
          <Match when={props.form.method === 'DIFFERENCE_IN_DIFFERENCES'}>
            <Differences {...props} />
          </Match>
          <Match when={props.form.method === 'CAUSAL_IMPACT'}>
            <Impact {...props} />
          </Match>
        </Switch>
        <SelectField
          label="Intervals"
          value={String(props.form.level)}
          onChange={(event) => props.onChange({ level: Number(event.currentTarget.value) })}
        >
          <For each={[0.8, 0.9, 0.95, 0.99]}>
            {(level) => <option value={level}>{Math.round(level * 100)} %</option>}
          </For>
        </SelectField>
        <TextField
          label="Change of spend in total (optional)"
          hint="Below 0 for less; taken from records when left empty"
          type="number"
          step="any"
          value={props.form.spendChange}
          onChange={(event) => props.onChange({ spendChange: event.currentTarget.value })}
        />
        <TextField
          label="Name (optional)"
          maxLength={200}
          value={props.form.name}
          onChange={(event) => props.onChange({ name: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}
