import { For, Show, createEffect, createSignal } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Checkbox, TextField } from '../../../ui/field.tsx';
import { plural } from '../../../ui/format.ts';
import { toast } from '../../../ui/toast.tsx';
import { type AccountFieldsFragment, type AccountState, ChangeConnectionDocument } from './access.generated.ts';

const states: Record<AccountState, { tone: Tone; label: string }> = {
  OK: { tone: 'ok', label: 'Readable' },
  FORBIDDEN: { tone: 'error', label: 'No access' },
  SKIPPED: { tone: 'neutral', label: 'No data of its own' },
};

function Row(props: {
  account: AccountFieldsFragment;
  chosen: boolean;
  disabled: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line-soft px-4 py-2 text-sm">
      <Checkbox
        class="min-w-0 flex-1 basis-52"
        label={
          <>
            <span class="font-semibold">{props.account.name || props.account.id}</span>{' '}
            <code class="font-mono text-xs text-ink-2">{props.account.id}</code>
          </>
        }
        checked={props.chosen}
        disabled={props.disabled || props.account.state === 'SKIPPED'}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span class="text-ink-2">
        {props.account.currency} · {props.account.timeZone}
      </span>
      <Badge tone={states[props.account.state].tone}>{states[props.account.state].label}</Badge>
      <Show when={props.account.note}>
        <span class="basis-full text-ink-2">{props.account.note}</span>
      </Show>
    </li>
  );
}

/** Which accounts are chosen, and how the choice is kept. */
function createChoice(props: { connectionId: string; accounts: AccountFieldsFragment[]; onSaved?: () => void }) {
  const [chosen, setChosen] = createSignal(
    new Set(props.accounts.filter(({ selected }) => selected).map(({ id }) => id)),
  );
  const changed = () => props.accounts.some(({ id, selected }) => chosen().has(id) !== selected);
  const pick = (id: string, on: boolean): void => {
    setChosen((now) => {
      const next = new Set(now);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  };
  const action = createAction(async () => {
    await mutate(ChangeConnectionDocument, { input: { id: props.connectionId, accounts: [...chosen()] } });
    toast('Accounts saved');
    props.onSaved?.();
  });
  return { chosen, changed, pick, action };
}

function Save(props: { choice: ReturnType<typeof createChoice>; total: number }) {
  return (
    <div class="flex flex-wrap items-center gap-3 border-t border-line-soft px-4 py-2 text-sm">
      <span class="text-ink-2">
        {props.choice.chosen().size} of {plural(props.total, 'account')} read
      </span>
      <Button
        size="sm"
        look="primary"
        pending={props.choice.action.pending()}
        disabled={!props.choice.changed() || props.choice.chosen().size === 0}
        onClick={() => void props.choice.action.run()}
      >
        Save choice
      </Button>
      <Show when={props.choice.action.failure()}>
        {(failure) => (
          <span role="alert" class="text-error">
            {failure().message}
          </span>
        )}
      </Show>
    </div>
  );
}

/** The accounts of a connection with a choice of those that are read. */
export function AccountsForm(props: {
  connectionId: string;
  accounts: AccountFieldsFragment[];
  readOnly: boolean;
  onSaved?: () => void;
  /** Told how to save whenever there is something to save. */
  onChoice?: (save: (() => Promise<boolean>) | undefined) => void;
}) {
  const choice = createChoice(props);
  createEffect(() => props.onChoice?.(choice.changed() ? () => choice.action.run() : undefined));
  const [search, setSearch] = createSignal('');
  const found = () =>
    props.accounts.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(search().trim().toLowerCase()));
  return (
    <div>
      <Show when={props.accounts.length > 8}>
        <div class="px-4 pb-3">
          <TextField
            label="Search accounts"
            quiet
            type="search"
            placeholder="Search"
            class="max-w-60"
            value={search()}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
      </Show>
      <ul class="max-h-96 overflow-y-auto" aria-label="Accounts" tabindex={0}>
        <For each={found()}>
          {(account) => (
            <Row
              account={account}
              chosen={choice.chosen().has(account.id)}
              disabled={props.readOnly}
              onChange={(on) => choice.pick(account.id, on)}
            />
          )}
        </For>
      </ul>
      <Show when={!props.readOnly}>
        <Save choice={choice} total={props.accounts.length} />
      </Show>
    </div>
  );
}
