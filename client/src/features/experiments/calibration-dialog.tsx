import { For, Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { CreateCalibrationDocument, type MixKpi } from './experiments.generated.ts';

const texts = [
  ['channel', 'Channel', 'As your sources name it'],
  ['method', 'Method', 'e.g. conversion lift of the platform'],
  ['currency', 'Currency', 'e.g. EUR'],
] as const;

const figures = [
  ['spend', 'Usual spend per day', 'Of the channel, before the change'],
  ['spendChange', 'Spent more per day', 'Below 0 for a holdout'],
  ['kpiChange', 'KPI changed per day', 'By that change of spend'],
  ['standardError', 'Standard error of it', 'A 90 % interval is 3.29 of them wide'],
] as const;

/** Writes in what an experiment made elsewhere found. */
export function CalibrationDialog(props: { open: boolean; onClose: () => void; onDone: () => void }) {
  const [kpi, setKpi] = createSignal<MixKpi>('REVENUE');
  const create = createAction(async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const text = (name: string): string => String(data.get(name) ?? '').trim();
    const figure = (name: string): number => Number(text(name));
    await mutate(CreateCalibrationDocument, {
      input: {
        channel: text('channel'),
        method: text('method'),
        currency: text('currency').toUpperCase(),
        from: text('from'),
        to: text('to'),
        kpi: kpi(),
        spend: figure('spend'),
        spendChange: figure('spendChange'),
        kpiChange: figure('kpiChange'),
        standardError: figure('standardError'),
      },
    });
    props.onDone();
    props.onClose();
  });
  return (
    <Dialog open={props.open} wide title="Add a calibration" onClose={() => props.onClose()}>
      <form
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create.run(event.currentTarget);
        }}
      >
        <div class="grid items-start gap-4 sm:grid-cols-2">
          <For each={texts}>
            {([name, label, hint]) => <TextField name={name} label={label} hint={hint} required maxLength={200} />}
          </For>
          <SelectField label="KPI" value={kpi()} onChange={(event) => setKpi(event.currentTarget.value as MixKpi)}>
            <option value="REVENUE">Revenue</option>
            <option value="CONVERSIONS">Conversions</option>
          </SelectField>
          <TextField name="from" label="First day" type="date" required />
          <TextField name="to" label="Last day" type="date" required />
          <For each={figures}>
            {([name, label, hint]) => (
              <TextField name={name} label={label} hint={hint} type="number" step="any" required />
            )}
          </For>
        </div>
        <Show when={create.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" look="primary" pending={create.pending()}>
            Add calibration
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
