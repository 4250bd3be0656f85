import { Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { timeZone } from '../../../data/url.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { plural } from '../../../ui/format.ts';
import { type DayRange, addDays, countDays, dayIn } from '../../../ui/range.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { StartSyncDocument } from '../connections.generated.ts';

const scopes = [
  { value: 'BACKFILL', label: 'Days of the past' },
  { value: 'FULL', label: 'Everything' },
] as const;

type Scope = (typeof scopes)[number]['value'];

function Range(props: {
  from: string;
  to: string;
  today: string;
  error?: string | undefined;
  onChange: (range: DayRange) => void;
}) {
  return (
    <div class="grid grid-cols-2 gap-3">
      <TextField
        label="First day"
        type="date"
        required
        max={props.to}
        value={props.from}
        error={props.error}
        onInput={(event) => props.onChange({ from: event.currentTarget.value, to: props.to })}
      />
      <TextField
        label="Last day"
        type="date"
        required
        min={props.from}
        max={props.today}
        value={props.to}
        onInput={(event) => props.onChange({ from: props.from, to: event.currentTarget.value })}
      />
    </div>
  );
}

function What(props: {
  scope: Scope;
  range: DayRange;
  today: string;
  failure: { field?: string; message: string } | undefined;
  onChange: (range: DayRange) => void;
}) {
  return (
    <Show
      when={props.scope === 'BACKFILL'}
      fallback={
        <p class="text-ink-2">
          Every day since the first one is read again. Nothing is doubled: what came before is replaced. It can take
          long, and the platform may slow us down.
        </p>
      }
    >
      <Range
        {...props.range}
        today={props.today}
        error={props.failure?.field ? props.failure.message : undefined}
        onChange={props.onChange}
      />
      <p class="text-ink-2">
        {plural(Math.max(0, countDays(props.range)), 'day')}, whatever was read before. Fresh days go first: days of the
        past wait in a lane of their own.
      </p>
    </Show>
  );
}

function Form(props: {
  connectionId: string;
  range: DayRange | undefined;
  onStarted: (run: string) => void;
  onClose: () => void;
}) {
  const today = dayIn(Date.now(), timeZone());
  const [scope, setScope] = createSignal<Scope>('BACKFILL');
  const [range, setRange] = createSignal<DayRange>(props.range ?? { from: addDays(today, -29), to: today });
  const action = createAction(async () => {
    const days = scope() === 'BACKFILL' ? range() : {};
    const { startSync } = await mutate(StartSyncDocument, {
      connectionId: props.connectionId,
      scope: scope(),
      ...days,
    });
    props.onStarted(startSync.syncRun.id);
  });
  return (
    <form
      class="flex flex-col gap-4 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run();
      }}
    >
      <Segmented label="What to read again" value={scope()} options={scopes} onChange={setScope} />
      <What scope={scope()} range={range()} today={today} failure={action.failure()} onChange={setRange} />
      <Show when={action.failure() && !action.failure()!.field}>
        <p role="alert" class="text-error">
          {action.failure()!.message}
        </p>
      </Show>
      <div class="flex justify-end gap-2">
        <Button onClick={() => props.onClose()}>Cancel</Button>
        <Button type="submit" look="primary" pending={action.pending()}>
          Read again
        </Button>
      </div>
    </form>
  );
}

/** Reads days of the past, or everything, again. */
export function BackfillDialog(props: {
  open: boolean;
  connectionId: string;
  /** Days to begin with, e.g. those that are missing. */
  range?: DayRange | undefined;
  onStarted: (run: string) => void;
  onClose: () => void;
}) {
  return (
    <Dialog open={props.open} title="Read again" onClose={() => props.onClose()}>
      <Form connectionId={props.connectionId} range={props.range} onStarted={props.onStarted} onClose={props.onClose} />
    </Dialog>
  );
}
