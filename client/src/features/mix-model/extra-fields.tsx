import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { For, Show } from 'solid-js';
import { CalibrationChoice } from '../../runs/calibration-choice.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { Choice } from './choice.tsx';
import type { FormParts } from './form-parts.ts';

const measures = [
  ['CLICKS', 'Clicks'],
  ['IMPRESSIONS', 'Impressions'],
  ['CONVERSIONS', 'Conversions'],
  ['SPEND', 'Spend'],
  ['REVENUE', 'Revenue'],
] as const;

function Remove(props: { label: string; onClick: () => void }) {
  return (
    <Button size="icon" aria-label={props.label} onClick={() => props.onClick()}>
      <Trash size={15} aria-hidden="true" />
    </Button>
  );
}

function Events(props: FormParts) {
  return (
    <For each={props.form.events}>
      {(event, place) => (
        <div class="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)_auto] items-end gap-3">
          <TextField
            label="Event"
            value={event.name}
            onChange={({ currentTarget }) => props.change('events', place(), 'name', currentTarget.value)}
          />
          <TextField
            label="Days"
            placeholder="2025-11-28 2025-11-29"
            value={event.dates}
            onChange={({ currentTarget }) => props.change('events', place(), 'dates', currentTarget.value)}
          />
          <Remove
            label={`Remove event ${place() + 1}`}
            onClick={() => props.change('events', (now) => now.filter((_, index) => index !== place()))}
          />
        </div>
      )}
    </For>
  );
}

function Controls(props: FormParts) {
  const channels = () => [
    ['', 'Values of your own'] as const,
    ...(props.preview?.channels ?? []).map(({ name }) => [name, name] as const),
  ];
  return (
    <For each={props.form.controls}>
      {(control, place) => (
        <div class="grid grid-cols-1 items-end gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_auto]">
          <TextField
            label="Control"
            value={control.name}
            onChange={({ currentTarget }) => props.change('controls', place(), 'name', currentTarget.value)}
          />
          <Choice
            label="From"
            value={control.channel}
            options={channels()}
            onChange={(channel) => props.change('controls', place(), 'channel', channel)}
          />
          <Show
            when={control.channel}
            fallback={
              <TextArea
                label="Date and value per line"
                rows={2}
                value={control.values}
                onChange={({ currentTarget }: { currentTarget: HTMLTextAreaElement }) =>
                  props.change('controls', place(), 'values', currentTarget.value)
                }
              />
            }
          >
            <Choice
              label="Measure"
              value={control.measure}
              options={measures}
              onChange={(measure) => props.change('controls', place(), 'measure', measure)}
            />
          </Show>
          <Remove
            label={`Remove control ${place() + 1}`}
            onClick={() => props.change('controls', (now) => now.filter((_, index) => index !== place()))}
          />
        </div>
      )}
    </For>
  );
}

/** What moves the KPI beside media. */
export function ExtraFields(props: FormParts) {
  return (
    <div class="flex flex-col gap-4">
      <div class="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Choice
          label="Trend"
          value={props.form.trend}
          options={[
            ['BENDING', 'A line that may bend'],
            ['LINEAR', 'A straight line'],
            ['NONE', 'None'],
          ]}
          onChange={(trend) => props.change('trend', trend)}
        />
        <TextField
          label="Bends"
          type="number"
          min={0}
          max={12}
          disabled={props.form.trend !== 'BENDING'}
          value={props.form.trendKnots}
          onChange={(event) => props.change('trendKnots', Number(event.currentTarget.value))}
        />
        <TextField
          label="Waves of the year"
          type="number"
          min={0}
          max={12}
          hint="More waves, sharper seasons"
          value={props.form.yearlyWaves}
          onChange={(event) => props.change('yearlyWaves', Number(event.currentTarget.value))}
        />
        <TextField
          label="Holidays of"
          placeholder="DE, US or DE-BY"
          hint="Empty for none"
          value={props.form.holidays}
          onChange={(event) => props.change('holidays', event.currentTarget.value)}
        />
      </div>
      <Events {...props} />
      <Controls {...props} />
      <div class="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => props.change('events', (now) => [...now, { name: '', dates: '' }])}>
          <Plus size={14} aria-hidden="true" /> Event
        </Button>
        <Button
          size="sm"
          onClick={() =>
            props.change('controls', (now) => [...now, { name: '', channel: '', measure: 'CLICKS', values: '' }])
          }
        >
          <Plus size={14} aria-hidden="true" /> Control
        </Button>
      </div>
    </div>
  );
}

/** Results of experiments that the model has to agree with. */
export function CalibrationFields(props: FormParts) {
  return (
    <CalibrationChoice
      model={{
        kpi: props.form.kpi,
        basis: props.form.basis,
        regional: props.form.geo === 'REGION',
        mock: props.form.mock,
      }}
      chosen={props.form.calibrationIds}
      onChange={(chosen) => props.change('calibrationIds', chosen)}
    />
  );
}
