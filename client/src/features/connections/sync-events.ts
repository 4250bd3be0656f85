import { createSignal } from 'solid-js';
import { createStore } from 'solid-js/store';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { SyncProgressDocument, type SyncProgressSubscription } from './connections.generated.ts';

export type SyncEvent = SyncProgressSubscription['syncProgress'];

/** The latest step of any sync, or of one connection's, and the latest run of each connection. */
export function createSyncEvents(connectionId?: () => string) {
  const [latest, setLatest] = createSignal<SyncEvent>();
  const [runs, setRuns] = createStore<Record<string, SyncEvent['syncRun']>>({});
  createFeed({
    document: SyncProgressDocument,
    variables: () => {
      if (!activity.ready()) return null;
      return connectionId ? { connectionId: connectionId() } : {};
    },
    after: knownSequence,
    sequenceOf: (data) => data.syncProgress.sequence,
    onEvent: ({ syncProgress }) => {
      setRuns(syncProgress.syncRun.connection.id, syncProgress.syncRun);
      setLatest(syncProgress);
    },
  });
  return { latest, runOf: (id: string): SyncEvent['syncRun'] | undefined => runs[id] };
}
