import { For, Show } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { bases, calibrationInput } from './calibration-form.ts';
import { CreateCalibrationDocument } from './experiments.generated.ts';

const texts = [
  ['channel', 'Channel', 'As your sources name it'],
  ['method', 'Method', 'e.g. conversion lift of the platform'],
] as const;

const figures = [
  ['spend', 'Usual spend per day', 'Of the channel, before the change'],
  ['spendChange', 'Spent more per day', 'Below 0 for a holdout'],
  ['kpiChange', 'KPI changed per day', 'By that change of spend'],
  ['standardError', 'Standard error of it', 'A 90 % interval is 3.29 of them wide'],
] as const;

/** What was measured: whose figures, where and when. */
function Scope() {
  return (
    <>
      <SelectField name="kpi" label="KPI">
        <option value="REVENUE">Revenue</option>
        <option value="CONVERSIONS">Conversions</option>
      </SelectField>
      <SelectField name="basis" label="Counted by" hint="A model takes results of its own basis alone">
        <For each={bases}>{([value, label]) => <option value={value}>{label}</option>}</For>
      </SelectField>
      <TextField name="currency" label="Currency" hint="e.g. EUR; that of the model" required maxLength={3} />
      <TextField
        name="region"
        label="Region"
        hint="Empty for all together; a region for models of regions"
        maxLength={200}
      />
      <TextField name="from" label="First day" type="date" required />
      <TextField name="to" label="Last day" type="date" required />
    </>
  );
}

/** Writes in what an experiment made elsewhere found. */
export function CalibrationDialog(props: { open: boolean; onClose: () => void; onDone: () => void }) {
  const create = createAction(async (form: HTMLFormElement) => {
    await mutate(CreateCalibrationDocument, { input: calibrationInput(new FormData(form)) });
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
          <Scope />
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
