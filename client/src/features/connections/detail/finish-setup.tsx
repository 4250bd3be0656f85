import { Show, createSignal } from 'solid-js';
import { type Query, createQuery } from '../../../data/query.ts';
import { Button } from '../../../ui/button.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Step } from '../../../ui/step.tsx';
import { ConnectionAccessDocument, type ConnectionAccessQuery } from '../access/access.generated.ts';
import { AccountsForm } from '../access/accounts-form.tsx';
import { TestPanel } from '../access/test-panel.tsx';
import type { ConnectionFieldsFragment } from '../connections.generated.ts';
import { dropDraft } from '../wizard/draft.ts';

type Save = (() => Promise<boolean>) | undefined;

function Accounts(props: {
  connectionId: string;
  query: Query<ConnectionAccessQuery>;
  round: number;
  onChoice: (save: Save) => void;
}) {
  const accounts = () => props.query.data()?.connection?.accounts ?? [];
  return (
    <Show when={!props.query.loading()} fallback={<Skeleton rows={3} />}>
      <Show
        when={accounts().length > 0}
        fallback={<p class="text-sm text-ink-2">The platform named no accounts yet; the test asks for them.</p>}
      >
        <div class="-mx-4">
          <Show when={`${props.round} ${accounts().length}`} keyed>
            {(_stamp) => (
              <AccountsForm
                connectionId={props.connectionId}
                accounts={accounts()}
                readOnly={false}
                onSaved={() => props.query.refetch()}
                onChoice={props.onChoice}
              />
            )}
          </Show>
        </div>
      </Show>
    </Show>
  );
}

function Connected(props: { platform: string; again: boolean }) {
  return (
    <p role="status" class="flex items-center gap-2 text-base font-semibold">
      <span aria-hidden="true" class="grid size-6 place-items-center rounded-full bg-ok-soft text-ok">
        ✓
      </span>
      {props.platform} is connected{props.again ? ' again' : ''}.
    </p>
  );
}

/** What follows a new way in: the test, the accounts to read, the first sync. */
export function FinishSetup(props: {
  connection: ConnectionFieldsFragment;
  start: { start: () => void; pending: () => boolean };
  onSkip: () => void;
}) {
  const query = createQuery(ConnectionAccessDocument, () => ({ id: props.connection.id }));
  // It was synced before: access was given again.
  const again = () => props.connection.lastResult !== 'NEVER';
  const [round, setRound] = createSignal(1);
  // What was kept for the way to the platform and back has done its work.
  dropDraft(props.connection.platform.id);
  let save: Save;
  // A choice that was not saved is meant all the same.
  const start = async (): Promise<void> => {
    if (!save || (await save())) props.start.start();
  };
  return (
    <section class="flex max-w-4xl flex-col gap-4" aria-label="Finish the connection">
      <Connected platform={props.connection.platform.name} again={again()} />
      <Step number={1} title="Test" hint="Each step is tried once, with a small piece of data.">
        <TestPanel
          connectionId={props.connection.id}
          atOnce
          onDone={() => {
            query.refetch();
            setRound((count) => count + 1);
          }}
        />
      </Step>
      <Step number={2} title="Accounts to read" hint="You can change this later.">
        <Accounts
          connectionId={props.connection.id}
          query={query}
          round={round()}
          onChoice={(found) => (save = found)}
        />
      </Step>
      <Step
        number={3}
        title={again() ? 'Sync' : 'First sync'}
        hint={
          again()
            ? 'It goes on where the last one stopped; nothing is lost and nothing is doubled.'
            : 'Fresh days come first; you can watch it, or leave and come back.'
        }
      >
        <div class="flex flex-wrap gap-2">
          <Button look="primary" pending={props.start.pending()} onClick={() => void start()}>
            {again() ? 'Sync now' : 'Start the first sync'}
          </Button>
          <Button look="ghost" onClick={() => props.onSkip()}>
            Later
          </Button>
        </div>
      </Step>
    </section>
  );
}
