import CalendarSync from 'lucide-solid/icons/calendar-sync';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import Upload from 'lucide-solid/icons/upload';
import { Show } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { toast } from '../../../ui/toast.tsx';
import { type ConnectionQuery, StartSyncDocument } from '../connections.generated.ts';

type Connection = NonNullable<ConnectionQuery['connection']>;

/** Starts a sync of what is new; failures are announced. `onStarted` gets null for the newest run there is. */
export function createStart(connectionId: () => string, onStarted: (run: string | null) => void) {
  const action = createAction(async () => {
    const { syncRun } = (await mutate(StartSyncDocument, { connectionId: connectionId() })).startSync;
    onStarted(syncRun.id);
  });
  const start = async (): Promise<void> => {
    if (await action.run()) return;
    const failure = action.failure();
    toast(failure?.message ?? 'The sync did not start.', 'error');
    // One that began meanwhile, e.g. by its schedule, is what somebody wants to see who asked for another.
    if (failure?.code === 'CONFLICT') onStarted(null);
  };
  return { start: () => void start(), pending: action.pending };
}

/** What can be done with a connection, at the right of its name. */
export function ConnectionActions(props: {
  connection: Connection;
  start: { start: () => void; pending: () => boolean };
  onReadAgain: () => void;
}) {
  return (
    <Show when={may('connections:write')}>
      <Show
        when={props.connection.mode !== 'FILE'}
        fallback={
          <LinkButton look="primary" href={`/connections/new/upload?connection=${props.connection.id}`}>
            <Upload size={15} aria-hidden="true" /> Upload another file
          </LinkButton>
        }
      >
        <Button disabled={props.connection.activity !== 'IDLE'} onClick={() => props.onReadAgain()}>
          <CalendarSync size={15} aria-hidden="true" /> Read again…
        </Button>
        <Button
          look="primary"
          pending={props.start.pending()}
          disabled={props.connection.activity !== 'IDLE'}
          onClick={() => props.start.start()}
        >
          <RefreshCw size={15} aria-hidden="true" /> Sync now
        </Button>
      </Show>
    </Show>
  );
}
