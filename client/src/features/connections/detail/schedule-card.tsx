import { For, Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { Time } from '../../../ui/time.tsx';
import { toast } from '../../../ui/toast.tsx';
import { type ConnectionQuery, UpdateConnectionDocument } from '../connections.generated.ts';
import { scheduleName, schedules } from '../schedules.ts';

type Connection = NonNullable<ConnectionQuery['connection']>;

function Form(props: { connection: Connection; onDone: () => void }) {
  const named = schedules.some(({ value }) => value === (props.connection.schedule ?? ''));
  const [choice, setChoice] = createSignal<string>(named ? (props.connection.schedule ?? '') : 'own');
  const [own, setOwn] = createSignal(props.connection.schedule ?? '');
  const action = createAction(async () => {
    const schedule = choice() === 'own' ? own().trim() : choice();
    await mutate(UpdateConnectionDocument, { input: { id: props.connection.id, schedule } });
    toast('Schedule saved');
    props.onDone();
  });
  return (
    <form
      class="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run();
      }}
    >
      <SelectField label="When" value={choice()} onChange={(event) => setChoice(event.currentTarget.value)}>
        <For each={schedules}>{(schedule) => <option value={schedule.value}>{schedule.label}</option>}</For>
        <option value="own">Cron expression…</option>
      </SelectField>
      <Show when={choice() === 'own'}>
        <TextField
          label="Cron expression"
          required
          class="font-mono"
          value={own()}
          hint={`Minute, hour, day, month, weekday; in ${props.connection.timeZone}`}
          error={action.failure()?.message}
          onInput={(event) => setOwn(event.currentTarget.value)}
        />
      </Show>
      <Show when={choice() !== 'own' && action.failure()}>
        <p role="alert" class="text-xs text-error">
          {action.failure()!.message}
        </p>
      </Show>
      <div class="flex gap-2">
        <Button type="submit" size="sm" look="primary" pending={action.pending()}>
          Save
        </Button>
        <Button size="sm" look="ghost" onClick={() => props.onDone()}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** When the connection syncs by itself, and the next times it will. */
export function ScheduleCard(props: { connection: Connection; onChange: () => void }) {
  const [editing, setEditing] = createSignal(false);
  return (
    <Card
      title="Schedule"
      aside={
        <Show when={may('connections:write') && !editing()}>
          <Button size="sm" onClick={() => setEditing(true)}>
            Change
          </Button>
        </Show>
      }
    >
      <Show
        when={editing()}
        fallback={
          <div class="text-sm">
            <p>{scheduleName(props.connection.schedule)}</p>
            <Show when={props.connection.nextRuns.length > 0}>
              <p class="mt-2 mb-1 text-xs font-semibold text-ink-2">Next runs</p>
              <ol class="tabular text-ink-2">
                <For each={props.connection.nextRuns}>
                  {(at) => (
                    <li>
                      <Time at={at} style="short" />
                    </li>
                  )}
                </For>
              </ol>
            </Show>
          </div>
        }
      >
        <Form
          connection={props.connection}
          onDone={() => {
            setEditing(false);
            props.onChange();
          }}
        />
      </Show>
    </Card>
  );
}
