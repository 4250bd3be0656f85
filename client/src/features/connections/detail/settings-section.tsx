import { For, Show, createEffect, on } from 'solid-js';
import { createAction, createQuery, mutate } from '../../../data/query.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { toast } from '../../../ui/toast.tsx';
import {
  ChangeConnectionDocument,
  ConnectionAccessDocument,
  type ConnectionAccessQuery,
  PlatformAccessDocument,
} from '../access/access.generated.ts';
import { modeTexts } from '../access/platforms.ts';
import type { ConnectionQuery } from '../connections.generated.ts';
import { DeleteConnection } from './delete-connection.tsx';
import { ScheduleCard } from './schedule-card.tsx';

type Connection = NonNullable<ConnectionQuery['connection']>;
type Settings = NonNullable<ConnectionAccessQuery['connection']>;
type Mode = Settings['mode'];

const keeps = [
  { value: 0, label: 'As long as the organisation keeps data' },
  { value: 90, label: '90 days' },
  { value: 180, label: '180 days' },
  { value: 365, label: 'A year' },
  { value: 730, label: 'Two years' },
  { value: 1_095, label: 'Three years' },
];

function ModeField(props: { mode: Mode; platform: string }) {
  const query = createQuery(PlatformAccessDocument, () => ({}));
  const modes = () =>
    (query.data()?.platforms.find(({ id }) => id === props.platform)?.modes ?? [props.mode]).filter(
      (mode) => mode !== 'FILE',
    );
  return (
    <SelectField label="Mode" name="mode" hint={modeTexts[props.mode].text}>
      <For each={modes()}>
        {(mode) => (
          <option value={mode} selected={mode === props.mode}>
            {modeTexts[mode].title}
          </option>
        )}
      </For>
    </SelectField>
  );
}

function Keep(props: { days: number; error: string | undefined }) {
  const options = () =>
    keeps.some(({ value }) => value === props.days)
      ? keeps
      : [...keeps, { value: props.days, label: `${props.days} days` }];
  return (
    <SelectField label="Keep its data" name="retention" error={props.error}>
      <For each={options()}>
        {(keep) => (
          <option value={keep.value} selected={keep.value === props.days}>
            {keep.label}
          </option>
        )}
      </For>
    </SelectField>
  );
}

function Form(props: { settings: Settings; onSaved: () => void }) {
  const isFile = () => props.settings.mode === 'FILE';
  const action = createAction(async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const text = (name: string): string => String(data.get(name) ?? '').trim();
    const days = Number(text('retention'));
    await mutate(ChangeConnectionDocument, {
      input: {
        id: props.settings.id,
        name: text('name'),
        retentionDays: days,
        ...(isFile() ? {} : { mode: text('mode') as Mode, from: text('from') || null }),
      },
    });
    toast('Settings saved');
    props.onSaved();
  });
  const error = (field: string) => (action.failure()?.field?.endsWith(field) ? action.failure()!.message : undefined);
  return (
    <form
      class="grid grid-cols-1 gap-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(event.currentTarget);
      }}
    >
      <TextField label="Name" name="name" required maxlength={120} value={props.settings.name} error={error('name')} />
      <Show when={!isFile()}>
        <ModeField mode={props.settings.mode} platform={props.settings.platform.id} />
        <TextField
          label="First day to read"
          name="from"
          type="date"
          value={props.settings.from ?? ''}
          error={error('from')}
          hint="An earlier day is read by the next full sync."
        />
      </Show>
      <Keep days={props.settings.retentionDays ?? 0} error={error('retentionDays')} />
      <div class="flex flex-wrap items-center gap-3 sm:col-span-2">
        <Button type="submit" look="primary" pending={action.pending()}>
          Save
        </Button>
        <Show when={action.failure() && !['name', 'from'].some((field) => error(field))}>
          <span role="alert" class="text-sm text-error">
            {action.failure()!.message}
          </span>
        </Show>
      </div>
    </form>
  );
}

/** What can be changed about a connection, and how it is removed. */
export function SettingsSection(props: { connection: Connection; onChange: () => void }) {
  const query = createQuery(ConnectionAccessDocument, () => ({ id: props.connection.id }));
  createEffect(
    on(
      () => props.connection.name,
      () => query.refetch(),
      { defer: true },
    ),
  );
  return (
    <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_360px]">
      <Card title="Settings">
        <DataState of={query}>
          {(data) => (
            <Show when={data().connection}>
              {(settings) => <Form settings={settings()} onSaved={() => props.onChange()} />}
            </Show>
          )}
        </DataState>
      </Card>
      <div class="flex flex-col gap-4">
        <Show when={props.connection.mode !== 'FILE'}>
          <ScheduleCard connection={props.connection} onChange={() => props.onChange()} />
        </Show>
        <Card title="Delete" hint="The connection with everything it brought in">
          <DeleteConnection connection={props.connection} />
        </Card>
      </div>
    </div>
  );
}
