import { For, Show, createMemo } from 'solid-js';
import { createQuery } from '../../data/query.ts';
import { Banner } from '../../ui/banner.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { words } from '../../ui/format.ts';
import type { RecordsForm } from './lift-form.ts';
import { LiftUnitsDocument } from './lift.generated.ts';
import { UnitPicker } from './unit-picker.tsx';

interface Parts {
  form: RecordsForm;
  channels: readonly string[];
  onChange: (change: Partial<RecordsForm>) => void;
}

const kpis = ['REVENUE', 'CONVERSIONS', 'SPEND', 'CLICKS', 'IMPRESSIONS'] as const;
const bases = [
  ['CLAIMED', 'Claimed by platforms'],
  ['BOOKED', 'Booked by shop or CRM'],
  ['PAID', 'Paid, by payment service'],
] as const;

function What(props: Parts) {
  return (
    <div class="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <SelectField
        label="Outcome"
        value={props.form.kpi}
        onChange={(event) => props.onChange({ kpi: event.currentTarget.value as RecordsForm['kpi'] })}
      >
        <For each={kpis}>{(kpi) => <option value={kpi}>{words(kpi)}</option>}</For>
      </SelectField>
      <SelectField
        label="Whose figures count"
        value={props.form.basis}
        disabled={props.form.kpi !== 'REVENUE' && props.form.kpi !== 'CONVERSIONS'}
        onChange={(event) => props.onChange({ basis: event.currentTarget.value as RecordsForm['basis'] })}
      >
        <For each={bases}>{([value, label]) => <option value={value}>{label}</option>}</For>
      </SelectField>
      <SelectField
        label="Unit"
        value={props.form.unit}
        onChange={(event) =>
          props.onChange({ unit: event.currentTarget.value as RecordsForm['unit'], treated: [], controls: [] })
        }
      >
        <option value="REGION">Region</option>
        <option value="CHANNEL">Channel</option>
        <option value="CAMPAIGN">Campaign</option>
      </SelectField>
      <SelectField
        label="Period"
        value={props.form.period}
        onChange={(event) => props.onChange({ period: event.currentTarget.value as RecordsForm['period'] })}
      >
        <option value="DAY">Day</option>
        <option value="WEEK">Week from Monday</option>
      </SelectField>
    </div>
  );
}

function Days(props: Parts) {
  const fields = [
    ['from', 'Data from', true],
    ['to', 'Data to', true],
    ['start', 'Treatment from', true],
    ['end', 'Treatment to', false],
  ] as const;
  return (
    <div class="grid grid-cols-2 gap-4 lg:grid-cols-4">
      <For each={fields}>
        {([key, label, required]) => (
          <TextField
            label={required ? label : `${label} (optional)`}
            type="date"
            required={required}
            value={props.form[key]}
            onChange={(event) => props.onChange({ [key]: event.currentTarget.value })}
          />
        )}
      </For>
    </div>
  );
}

function Units(props: Parts & { names: readonly string[] }) {
  return (
    <div class="grid grid-cols-1 gap-4 lg:grid-cols-2">
      <UnitPicker
        label="Treated"
        names={props.names}
        chosen={props.form.treated}
        onChange={(treated) =>
          props.onChange({ treated, controls: props.form.controls.filter((name) => !treated.includes(name)) })
        }
      />
      <UnitPicker
        label="Controls"
        hint="All others when none is chosen"
        names={props.names.filter((name) => !props.form.treated.includes(name))}
        chosen={props.form.controls}
        onChange={(controls) => props.onChange({ controls })}
      />
    </div>
  );
}

function Spend(props: Parts & { currencies: readonly string[] }) {
  return (
    <div class="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <SelectField
        label="Channel with changed spend"
        hint="For the return on it, and to calibrate mix models"
        value={props.form.spendChannel}
        onChange={(event) => props.onChange({ spendChannel: event.currentTarget.value })}
      >
        <option value="">All channels</option>
        <For each={props.channels}>{(channel) => <option value={channel}>{channel}</option>}</For>
      </SelectField>
      <Show when={props.currencies.length > 1}>
        <SelectField
          label="Currency"
          hint="Amounts of several currencies are never added up"
          value={props.form.currency}
          onChange={(event) => props.onChange({ currency: event.currentTarget.value })}
        >
          <option value="">Choose</option>
          <For each={props.currencies}>{(currency) => <option value={currency}>{currency}</option>}</For>
        </SelectField>
      </Show>
    </div>
  );
}

/** Chooses records: which figures of which units over which days, and who was treated when. */
export function RecordsSource(props: Parts) {
  const asked = () => props.form.from && props.form.to && props.form.from <= props.form.to;
  const units = createQuery(LiftUnitsDocument, () =>
    asked()
      ? {
          range: { from: props.form.from, to: props.form.to },
          groupBy: props.form.unit,
          filter: props.form.mock ? { sourceKinds: ['MOCK' as const] } : null,
        }
      : null,
  );
  const names = createMemo(() => {
    const keys = units.data()?.totals.rows.map(({ key }) => key) ?? [];
    return [...new Set(keys)].filter((key) => !key.startsWith('(')).toSorted();
  });
  return (
    <div class="flex flex-col gap-4">
      <Segmented
        label="Source of the records"
        value={props.form.mock ? 'mock' : 'real'}
        options={[
          { value: 'real', label: 'Live and files' },
          { value: 'mock', label: 'Mock' },
        ]}
        onChange={(source) => props.onChange({ mock: source === 'mock', treated: [], controls: [] })}
      />
      <What {...props} />
      <Days {...props} />
      <Show when={units.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <Show when={!units.loading() && names().length === 0 && !units.failure()}>
        <Banner tone="info">No records of these days name a {props.form.unit.toLowerCase()}.</Banner>
      </Show>
      <Units {...props} names={names()} />
      <Spend {...props} currencies={units.data()?.totals.currencies ?? []} />
    </div>
  );
}
