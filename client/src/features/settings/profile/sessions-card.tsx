import { For, Show } from 'solid-js';
import { createAction, createQuery, mutate } from '../../../data/query.ts';
import { signOut } from '../../../data/session.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { Time } from '../../../ui/time.tsx';
import { toast } from '../../../ui/toast.tsx';
import { EndSessionDocument, SessionsDocument, type SessionsQuery } from '../settings.generated.ts';
import { browserName } from './browser-name.ts';

type Session = SessionsQuery['sessions'][number];

function EndButton(props: { session: Session; onEnded: () => void }) {
  const action = createAction(() => mutate(EndSessionDocument, { id: props.session.id }));
  const end = async (): Promise<void> => {
    if (await action.run()) props.onEnded();
    else toast(action.failure()?.message ?? 'The session was not ended.', 'error');
  };
  return (
    <Button
      size="sm"
      look="ghost"
      aria-label={`End the session of ${browserName(props.session.userAgent)}`}
      pending={action.pending()}
      onClick={() => void end()}
    >
      End
    </Button>
  );
}

/** Where the person is signed in. */
export function SessionsCard() {
  const query = createQuery(SessionsDocument, () => ({}));
  const action = createAction(() => signOut(true));
  const leave = async (): Promise<void> => {
    if (!(await action.run())) toast(action.failure()?.message ?? 'Signing out failed.', 'error');
  };
  return (
    <Card
      title="Sessions"
      hint="Browsers and programs that are signed in as you"
      flush
      aside={
        <Button size="sm" pending={action.pending()} onClick={() => void leave()}>
          Sign out everywhere
        </Button>
      }
    >
      <DataState of={query}>
        {(data) => (
          <ul>
            <For each={data().sessions}>
              {(session) => (
                <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line-soft px-4 py-2.5 text-sm">
                  <span class="min-w-0 flex-1 basis-48">
                    <span class="block truncate font-semibold" title={session.userAgent ?? undefined}>
                      {browserName(session.userAgent)}
                    </span>
                    <span class="block text-xs text-ink-2">
                      {session.ip ?? '–'} · signed in <Time at={session.createdAt} /> · last used{' '}
                      <Time at={session.lastUsedAt} />
                    </span>
                  </span>
                  <Show
                    when={session.current}
                    fallback={<EndButton session={session} onEnded={() => query.refetch()} />}
                  >
                    <Badge tone="accent">This one</Badge>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        )}
      </DataState>
    </Card>
  );
}
