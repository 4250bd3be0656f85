import CircleAlert from 'lucide-solid/icons/circle-alert';
import Lock from 'lucide-solid/icons/lock';
import { type JSX, Match, Show, Switch } from 'solid-js';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import { Skeleton } from './skeleton.tsx';

interface ShownFailure {
  code: string;
  message: string;
  correlationId?: string;
  retryAfter?: number;
}

interface Source<Data> {
  data(): Data | undefined;
  failure(): ShownFailure | undefined;
  loading(): boolean;
  refreshing(): boolean;
  refetch(): void;
}

function Problem(props: { failure: ShownFailure; onRetry: () => void }) {
  return (
    <EmptyState
      icon={<CircleAlert size={22} class="text-error" />}
      title="This could not be loaded"
      action={
        <Button size="sm" onClick={() => props.onRetry()}>
          Try again
        </Button>
      }
    >
      <p role="alert">{props.failure.message}</p>
      <Show when={props.failure.correlationId}>
        <p class="mt-1 font-mono text-xs">Reference {props.failure.correlationId}</p>
      </Show>
    </EmptyState>
  );
}

function Forbidden() {
  return (
    <EmptyState icon={<Lock size={22} />} title="You may not see this">
      An owner or an admin of the organisation can change your role.
    </EmptyState>
  );
}

/**
 * The states of anything that is fetched: waiting, empty, filtered to nothing, failed, forbidden, shown, and shown
 * although the last refresh failed. A failure takes only its own place, never the page.
 */
export function DataState<Data>(props: {
  of: Source<Data>;
  /** What stands in while nothing is there yet. */
  skeleton?: JSX.Element;
  isEmpty?: (data: Data) => boolean;
  empty?: JSX.Element;
  children: (data: () => Data) => JSX.Element;
}) {
  const data = () => props.of.data();
  // A failed part may look like an empty one.
  const nothing = () => data() === undefined || (props.isEmpty?.(data()!) ?? false);
  return (
    <Switch>
      <Match when={nothing() && props.of.failure()?.code === 'FORBIDDEN'}>
        <Forbidden />
      </Match>
      <Match when={nothing() && props.of.failure()}>
        {(failure) => <Problem failure={failure()} onRetry={() => props.of.refetch()} />}
      </Match>
      <Match when={data() === undefined}>{props.skeleton ?? <Skeleton rows={4} />}</Match>
      <Match when={data() !== undefined}>
        <div class="relative" aria-busy={props.of.refreshing()}>
          <Show when={props.of.refreshing()}>
            <div class="pointer-events-none absolute inset-x-0 top-0 z-10 h-0.5 overflow-hidden">
              <div class="h-full w-1/3 animate-[sweep_1.2s_linear_infinite] bg-accent [animation-delay:250ms] [animation-fill-mode:backwards]" />
            </div>
          </Show>
          <Show when={props.of.failure()}>
            {(failure) => (
              <div class="mb-3 px-4 pt-2">
                <Banner
                  tone="warn"
                  actions={
                    <Button size="sm" onClick={() => props.of.refetch()}>
                      Try again
                    </Button>
                  }
                >
                  What you see may be out of date: {failure().message}
                </Banner>
              </div>
            )}
          </Show>
          <Show when={!props.isEmpty?.(data()!)} fallback={props.empty}>
            {props.children(() => data()!)}
          </Show>
        </div>
      </Match>
    </Switch>
  );
}
