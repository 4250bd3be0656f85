import { For, Show, createSignal } from 'solid-js';
import { type Action, createAction, createQuery, mutate } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { Button } from '../../../ui/button.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { SelectField } from '../../../ui/field.tsx';
import { Time } from '../../../ui/time.tsx';
import { toast } from '../../../ui/toast.tsx';
import { RetentionDocument, SetRetentionDocument, type RetentionQuery } from './data.generated.ts';
import { daysOf, periodName, periods } from './periods.ts';

function Confirm(props: { open: boolean; days: number | null; action: Action<[]>; onClose: () => void }) {
  return (
    <ConfirmDialog
      open={props.open}
      title="Remove older data for good?"
      confirm="Remove older data"
      pending={props.action.pending()}
      error={props.action.failure()?.message}
      onConfirm={() => void props.action.run()}
      onClose={() => props.onClose()}
    >
      <p>
        Records and journeys older than {periodName(props.days)} are removed now, and every day from now on. They cannot
        be brought back; export them first if you may need them.
      </p>
    </ConfirmDialog>
  );
}

function Form(props: { retention: RetentionQuery['retention']; onChanged: () => void }) {
  const mayChange = may('organization:manage');
  const [chosen, setChosen] = createSignal<number | null>(props.retention.days ?? null);
  const [asking, setAsking] = createSignal(false);
  const action = createAction(async () => {
    await mutate(SetRetentionDocument, { input: { days: chosen() } });
    setAsking(false);
    toast(chosen() === null ? 'Data is kept for ever' : `Data is kept for ${periodName(chosen())}`);
    props.onChanged();
  });
  return (
    <form
      class="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen() === null) void action.run();
        else setAsking(true);
      }}
    >
      <SelectField
        class="w-full max-w-48"
        label="Keep data"
        disabled={!mayChange}
        onChange={(event) => setChosen(daysOf(event.currentTarget.value))}
      >
        <For each={periods(props.retention.days ?? null)}>
          {(days) => (
            <option value={days ?? ''} selected={days === chosen()}>
              {periodName(days)}
            </option>
          )}
        </For>
      </SelectField>
      <Show when={mayChange} fallback={<p class="text-sm text-ink-2">An owner or an admin can change this.</p>}>
        <Button type="submit" disabled={chosen() === (props.retention.days ?? null)} pending={action.pending()}>
          Save
        </Button>
      </Show>
      <Show when={props.retention.days !== null && props.retention.lastRunAt}>
        {(at) => (
          <p class="w-full text-xs text-ink-2">
            Last looked through <Time at={at()} />
          </p>
        )}
      </Show>
      <Confirm open={asking()} days={chosen()} action={action} onClose={() => setAsking(false)} />
    </form>
  );
}

/** How long data is kept, and the way to change it. */
export function RetentionForm() {
  const query = createQuery(RetentionDocument, () => ({}));
  return (
    <DataState of={query}>
      {(data) => <Form retention={data().retention} onChanged={() => query.refetch()} />}
    </DataState>
  );
}
