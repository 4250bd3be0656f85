import { A } from '@solidjs/router';
import ActivityIcon from 'lucide-solid/icons/activity';
import { For, Show } from 'solid-js';
import { type Activity, activity } from '../../data/activity.ts';
import { live } from '../../data/live.ts';
import { subjectLink } from '../../data/subject-link.ts';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';

function tone(topic: string): string {
  if (/fail|refus|revoke|delet/.test(topic)) return 'bg-error';
  if (/cancel|partial|retry/.test(topic)) return 'bg-warn';
  if (/finish|succe|complet|ingest/.test(topic)) return 'bg-ok';
  return 'bg-info';
}

function Item(props: { item: Activity }) {
  const href = () => subjectLink(props.item.subjectKind, props.item.subjectId);
  return (
    <li class="flex gap-2.5 border-b border-line-soft px-4 py-2 last:border-0">
      <span aria-hidden="true" class={`mt-[7px] size-1.5 shrink-0 rounded-full ${tone(props.item.topic)}`} />
      <p class="min-w-0 flex-1 text-sm break-words">
        <Show when={href()} fallback={props.item.summary}>
          {(href) => (
            <A href={href()} class="hover:text-accent hover:underline">
              {props.item.summary}
            </A>
          )}
        </Show>
      </p>
      <span class="text-xs leading-[18px] text-ink-2">
        <Time at={props.item.at} />
      </span>
    </li>
  );
}

/** What happens in the organisation, as it happens. */
export function ActivityCard() {
  return (
    <Card title="Activity" hint={live.paused() ? 'Paused' : 'As it happens'} flush>
      <Show when={activity.failure()}>
        {(failure) => (
          <div class="px-4 pb-3">
            <Banner tone="warn">{failure().message}</Banner>
          </div>
        )}
      </Show>
      <Show when={activity.ready()} fallback={<Skeleton rows={5} />}>
        <Show
          when={activity.items().length > 0}
          fallback={
            <EmptyState icon={<ActivityIcon size={20} />} title="Nothing happened yet">
              Syncs, imports and analyses appear here the moment they change.
            </EmptyState>
          }
        >
          <ol class="max-h-[330px] overflow-y-auto" tabindex={0} aria-label="Activity">
            <For each={activity.items().slice(0, 60)}>{(item) => <Item item={item} />}</For>
          </ol>
        </Show>
      </Show>
    </Card>
  );
}
