import { For, Show } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { may, patchOrganization, viewer } from '../../../data/session.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { toast } from '../../../ui/toast.tsx';
import { UpdateOrganizationDocument } from '../settings.generated.ts';

function withCurrent(values: string[], current: string | undefined): string[] {
  return current && !values.includes(current) ? [current, ...values] : values;
}

/** Name, currency and time zone of the organisation. */
export function OrganizationSection() {
  const mayChange = may('organization:manage') || may('organization:write');
  const organization = () => viewer()?.organization;
  const action = createAction(async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    const input = { name: String(fields.get('name')).trim(), currency: String(fields.get('currency')), timeZone: String(fields.get('timeZone')) };
    patchOrganization((await mutate(UpdateOrganizationDocument, { input })).updateOrganization.organization);
    toast('Organisation saved');
  });
  return (
    <Card title="Organisation" hint="Totals are shown in its currency and days begin in its time zone">
      <form
        class="flex max-w-sm flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(event.currentTarget);
        }}
      >
        <Show when={action.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
        <TextField label="Name" name="name" required maxlength={120} value={organization()?.name ?? ''} disabled={!mayChange} />
        <SelectField label="Currency" name="currency" disabled={!mayChange}>
          <For each={withCurrent(Intl.supportedValuesOf('currency'), organization()?.currency)}>
            {(code) => (
              <option value={code} selected={code === organization()?.currency}>
                {code}
              </option>
            )}
          </For>
        </SelectField>
        <SelectField label="Time zone" name="timeZone" disabled={!mayChange}>
          <For each={withCurrent(['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')], organization()?.timeZone)}>
            {(zone) => (
              <option value={zone} selected={zone === organization()?.timeZone}>
                {zone}
              </option>
            )}
          </For>
        </SelectField>
        <Show when={mayChange} fallback={<p class="text-sm text-ink-2">An owner or an admin can change this.</p>}>
          <div>
            <Button type="submit" look="primary" pending={action.pending()}>
              Save
            </Button>
          </div>
        </Show>
      </form>
    </Card>
  );
}
