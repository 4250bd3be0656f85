import { Show, createSignal } from 'solid-js';
import { type Query, createQuery } from '../../../data/query.ts';
import { Button } from '../../../ui/button.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Step } from '../../../ui/step.tsx';
import { ConnectionAccessDocument, type ConnectionAccessQuery } from '../access/access.generated.ts';
import { AccountsForm } from '../access/accounts-form.tsx';
import { TestPanel } from '../access/test-panel.tsx';
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

/** What follows a new way in: the test, the accounts to read, the first sync. */
export function FinishSetup(props: {
  connectionId: string;
  platform: { id: string; name: string };
  start: { start: () => void; pending: () => boolean };
  onSkip: () => void;
}) {
  const query = createQuery(ConnectionAccessDocument, () => ({ id: props.connectionId }));
  const [round, setRound] = createSignal(1);
  // What was kept for the way to the platform and back has done its work.
  dropDraft(props.platform.id);
  let save: Save;
  // A choice that was not saved is meant all the same.
  const start = async (): Promise<void> => {
    if (!save || (await save())) props.start.start();
  };
  return (
    <section class="flex max-w-4xl flex-col gap-4" aria-label="Finish the connection">
      <p role="status" class="flex items-center gap-2 text-base font-semibold">
        <span aria-hidden="true" class="grid size-6 place-items-center rounded-full bg-ok-soft text-ok">
          ✓
        </span>
        {props.platform.name} is connected.
      </p>
      <Step number={1} title="Test" hint="Each step is tried once, with a small piece of data.">
        <TestPanel
          connectionId={props.connectionId}
          atOnce
          onDone={() => {
            query.refetch();
            setRound((count) => count + 1);
          }}
        />
      </Step>
      <Step number={2} title="Accounts to read" hint="You can change this later.">
        <Accounts
          connectionId={props.connectionId}
          query={query}
          round={round()}
          onChoice={(found) => (save = found)}
        />
      </Step>
      <Step number={3} title="First sync" hint="Fresh days come first; you can watch it, or leave and come back.">
        <div class="flex flex-wrap gap-2">
          <Button look="primary" pending={props.start.pending()} onClick={() => void start()}>
            Start the first sync
          </Button>
          <Button look="ghost" onClick={() => props.onSkip()}>
            Later
          </Button>
        </div>
      </Step>
    </section>
  );
}
