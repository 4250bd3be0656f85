import { createRoot, createSignal } from 'solid-js';
import { type ActivityFieldsFragment, ActivityFeedDocument, RecentActivityDocument } from './activity.generated.ts';
import { createFeed } from './feed.ts';
import { type Failure, readFailure } from './failure.ts';
import { fetchOnce } from './query.ts';

export type Activity = ActivityFieldsFragment;

const kept = 200;
const [activities, setActivities] = createSignal<Activity[]>([]);
const [ready, setReady] = createSignal(false);
const [failure, setFailure] = createSignal<Failure>();

/** What happened lately, newest first; grows live on every screen. */
export const activity = { items: activities, ready, failure };

/** Loads what happened lately and follows from there. Returns how to stop. */
export function followActivity(): () => void {
  return createRoot((dispose) => {
    const [after, setAfter] = createSignal<number>();
    const load = async (): Promise<void> => {
      try {
        const { activity: page } = await fetchOnce(RecentActivityDocument, { first: 50 });
        const items = page.edges.map((edge) => edge.node);
        setActivities(items);
        setAfter(items[0]?.sequence ?? 0);
        setFailure(undefined);
      } catch (error) {
        setFailure(readFailure(error));
      } finally {
        setReady(true);
      }
    };
    void load();
    createFeed({
      document: ActivityFeedDocument,
      variables: () => (after() === undefined ? null : {}),
      after,
      sequenceOf: (data) => data.activityFeed.sequence,
      onEvent: (data) => setActivities((items) => [data.activityFeed, ...items].slice(0, kept)),
    });
    return () => {
      dispose();
      setActivities([]);
      setReady(false);
    };
  });
}

/**
 * The number of the last event this page knows of. A feed that starts after it misses nothing that happens between a
 * query and its first event, since all events of an organisation share one numbering.
 */
export function knownSequence(): number | undefined {
  return activities()[0]?.sequence;
}
