import { For, Show } from 'solid-js';
import { timeZone } from '../../../data/url.ts';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { addDays, dayIn } from '../../../ui/range.ts';
import { FieldInputs } from '../access/field-inputs.tsx';
import type { Platform } from '../access/platforms.ts';
import { currenciesFor } from '../currencies.ts';
import { schedules } from '../schedules.ts';
import type { WizardDraft } from './draft.ts';

/** The platform's own settings. */
export function SettingsStep(props: {
  platform: Platform;
  kept: Partial<WizardDraft> | undefined;
  problems: Record<string, string> | undefined;
}) {
  const values = () => Object.fromEntries((props.kept?.settings ?? []).map(({ name, value }) => [name, value]));
  return (
    <div class="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <FieldInputs
        group="setting"
        fields={props.platform.live?.settings ?? []}
        values={values()}
        problems={props.problems}
      />
    </div>
  );
}

/** Its name, the first day, and when it syncs by itself. */
export function PlanStep(props: {
  platform: Platform;
  kept: Partial<WizardDraft> | undefined;
  currency: string;
  error: (field: string) => string | undefined;
}) {
  const today = dayIn(Date.now(), timeZone());
  return (
    <div class="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <TextField
        label="Name"
        name="name"
        required
        maxlength={120}
        value={props.kept?.name ?? props.platform.name}
        error={props.error('name')}
      />
      <TextField
        label="First day to read"
        name="from"
        type="date"
        max={today}
        value={props.kept?.from ?? addDays(today, -364)}
        error={props.error('from')}
        hint="Fresh days come first; older ones follow in the background."
      />
      <SelectField label="Schedule" name="schedule">
        <For each={schedules}>
          {(schedule) => (
            <option value={schedule.value} selected={schedule.value === (props.kept?.schedule ?? '0 */6 * * *')}>
              {schedule.label}
            </option>
          )}
        </For>
      </SelectField>
      <SelectField
        label="Currency of the connection"
        name="currency"
        hint="Used where an account does not say its own."
      >
        <For each={currenciesFor(props.kept?.currency ?? props.currency)}>
          {(code) => (
            <option value={code} selected={code === (props.kept?.currency ?? props.currency)}>
              {code}
            </option>
          )}
        </For>
      </SelectField>
      <Show when={props.platform.live?.versionWarning}>
        <p class="text-sm text-warn sm:col-span-2">{props.platform.live!.versionWarning}</p>
      </Show>
    </div>
  );
}
