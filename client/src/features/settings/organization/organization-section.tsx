import { For, Show } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { may, patchOrganization, viewer } from '../../../data/session.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { toast } from '../../../ui/toast.tsx';
import { UpdateOrganizationDocument } from '../settings.generated.ts';

function Choice(props: {
  label: string;
  name: string;
  disabled: boolean;
  values: string[];
  current: string | undefined;
}) {
  const values = () =>
    props.current && !props.values.includes(props.current) ? [props.current, ...props.values] : props.values;
  return (
    <SelectField label={props.label} name={props.name} disabled={props.disabled}>
      <For each={values()}>
        {(value) => (
          <option value={value} selected={value === props.current}>
            {value}
          </option>
        )}
      </For>
    </SelectField>
  );
}

/** Name, currency and time zone of the organisation. */
export function OrganizationSection() {
  const mayChange = may('organization:manage') || may('organization:write');
  const organization = () => viewer()?.organization;
  const action = createAction(async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    const input = {
      name: String(fields.get('name')).trim(),
      currency: String(fields.get('currency')),
      timeZone: String(fields.get('timeZone')),
    };
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
        <TextField
          label="Name"
          name="name"
          required
          maxlength={120}
          value={organization()?.name ?? ''}
          disabled={!mayChange}
        />
        <Choice
          label="Currency"
          name="currency"
          disabled={!mayChange}
          values={Intl.supportedValuesOf('currency')}
          current={organization()?.currency}
        />
        <Choice
          label="Time zone"
          name="timeZone"
          disabled={!mayChange}
          values={['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]}
          current={organization()?.timeZone}
        />
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
