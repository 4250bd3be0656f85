import { For } from 'solid-js';
import { Checkbox, SelectField, TextField } from '../../ui/field.tsx';
import { bases } from './calibration-form.ts';
import type { ExperimentForm } from './experiment-form.ts';
import type { MixBasis, MixKpi } from './experiments.generated.ts';

/** What a geo experiment is about; its markets are chosen on history afterwards. */
export function GeoFields(props: { form: ExperimentForm; onChange: (change: Partial<ExperimentForm>) => void }) {
  return (
    <div class="flex flex-col gap-4">
      <div class="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <TextField
          label="Channel whose spend is changed"
          required
          hint="As your sources name it"
          value={props.form.channel}
          onInput={(event) => props.onChange({ channel: event.currentTarget.value })}
        />
        <SelectField
          label="Outcome"
          value={props.form.kpi}
          onChange={(event) => props.onChange({ kpi: event.currentTarget.value as MixKpi })}
        >
          <option value="REVENUE">Revenue</option>
          <option value="CONVERSIONS">Conversions</option>
        </SelectField>
        <SelectField
          label="Counted by"
          hint="Shops count sales that no platform claims, too"
          value={props.form.basis}
          onChange={(event) => props.onChange({ basis: event.currentTarget.value as MixBasis })}
        >
          <For each={bases}>{([value, label]) => <option value={value}>{label}</option>}</For>
        </SelectField>
        <TextField
          label="History from"
          type="date"
          required
          hint="At least three times as long as the test, better more"
          value={props.form.from}
          onInput={(event) => props.onChange({ from: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        label="Generated (mock) records"
        checked={props.form.mock}
        onChange={(event) => props.onChange({ mock: event.currentTarget.checked })}
      />
    </div>
  );
}
