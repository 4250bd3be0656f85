import { useNavigate } from '@solidjs/router';
import { For, Show, createSignal } from 'solid-js';
import { createAction, createQuery, mutate } from '../../data/query.ts';
import { viewer } from '../../data/session.ts';
import { timeZone, useQuery } from '../../data/url.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { addDays, dayIn } from '../../ui/range.ts';
import {
  CreateMockConnectionDocument,
  type CreateMockConnectionInput,
  PlatformsDocument,
  StartSyncDocument,
} from './connections.generated.ts';
import { currenciesFor } from './currencies.ts';
import { MockRegionsFields, readRegions } from './mock-regions-fields.tsx';
import { schedules } from './schedules.ts';

function read(form: HTMLFormElement): CreateMockConnectionInput {
  const fields = new FormData(form);
  const text = (name: string): string => String(fields.get(name) ?? '').trim();
  return {
    platform: text('platform'),
    name: text('name'),
    seed: Number(text('seed')),
    from: text('from') || null,
    currency: text('currency'),
    timeZone: timeZone(),
    schedule: text('schedule') || null,
    regions: readRegions(fields),
  };
}

function Currency() {
  const currency = () => viewer()?.organization.currency ?? 'EUR';
  return (
    <SelectField label="Currency" name="currency">
      <For each={currenciesFor(currency())}>
        {(code) => (
          <option value={code} selected={code === currency()}>
            {code}
          </option>
        )}
      </For>
    </SelectField>
  );
}

function Fields(props: {
  platforms: { id: string; name: string }[];
  chosen: string | undefined;
  error: (field: string) => string | undefined;
}) {
  const today = dayIn(Date.now(), timeZone());
  const [platform, setPlatform] = createSignal(props.chosen);
  const first = () => props.platforms.find(({ id }) => id === platform()) ?? props.platforms[0];
  return (
    <>
      <SelectField label="Platform" name="platform" onChange={(event) => setPlatform(event.currentTarget.value)}>
        <For each={props.platforms}>
          {(platform) => (
            <option value={platform.id} selected={platform.id === first()?.id}>
              {platform.name}
            </option>
          )}
        </For>
      </SelectField>
      <TextField
        label="Name"
        name="name"
        required
        maxlength={120}
        value={`${first()?.name ?? ''} (mock)`}
        error={props.error('name')}
      />
      <TextField
        label="Seed"
        name="seed"
        type="number"
        min={0}
        max={2147483647}
        step={1}
        required
        value="1"
        error={props.error('seed')}
        hint="The same seed gives the same data."
      />
      <TextField
        label="First day"
        name="from"
        type="date"
        max={today}
        value={addDays(today, -364)}
        error={props.error('from')}
        hint="Data is generated from here to today."
      />
      <Currency />
      <SelectField label="Schedule" name="schedule">
        <For each={schedules}>{(schedule) => <option value={schedule.value}>{schedule.label}</option>}</For>
      </SelectField>
      <MockRegionsFields error={props.error} />
    </>
  );
}

/** Creates a connection to generated data and starts its first sync. */
export function MockConnectionPage() {
  const query = createQuery(PlatformsDocument, () => ({}));
  const navigate = useNavigate();
  const url = useQuery();
  const action = createAction(async (form: HTMLFormElement) => {
    const { connection } = (await mutate(CreateMockConnectionDocument, { input: read(form) })).createMockConnection;
    // The connection exists even when its first sync does not start; its page says so.
    await mutate(StartSyncDocument, { connectionId: connection.id }).catch(() => undefined);
    navigate(`/connections/${connection.id}`);
  });
  const error = (field: string) => (action.failure()?.field?.endsWith(field) ? action.failure()!.message : undefined);
  return (
    <Page title="Connect mock data" status="Generated, with effects that are known">
      <form
        class="card max-w-2xl p-4 sm:p-6"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(event.currentTarget);
        }}
      >
        <DataState of={query}>
          {(data) => (
            <div class="grid grid-cols-1 gap-4 sm:grid-cols-2">
              <Show when={action.failure() && !action.failure()!.field}>
                <div class="sm:col-span-2">
                  <Banner tone="error">{action.failure()!.message}</Banner>
                </div>
              </Show>
              <Fields
                platforms={data().platforms.filter((platform) => platform.modes.includes('MOCK'))}
                chosen={url.get('platform')}
                error={error}
              />
              <div class="flex gap-2 sm:col-span-2">
                <Button type="submit" look="primary" pending={action.pending()}>
                  Create and sync
                </Button>
                <LinkButton look="ghost" href="/connections/new">
                  Back
                </LinkButton>
              </div>
            </div>
          )}
        </DataState>
      </form>
    </Page>
  );
}
