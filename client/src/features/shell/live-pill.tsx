import { Show } from 'solid-js';
import { type LiveState, live, retryNow } from '../../data/live.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { integer } from '../../ui/format.ts';
import { Popover } from '../../ui/popover.tsx';
import { Time, now } from '../../ui/time.tsx';

const looks: Record<LiveState['kind'] | 'paused', { shape: string; class: string }> = {
  idle: { shape: '○', class: 'text-ink-2' },
  connecting: { shape: '◌', class: 'text-info' },
  live: { shape: '●', class: 'text-ok' },
  reconnecting: { shape: '↻', class: 'text-warn' },
  offline: { shape: '✕', class: 'text-error' },
  paused: { shape: 'Ⅱ', class: 'text-info' },
};

function words(state: LiveState): string {
  const seconds = Math.max(0, Math.ceil(((state.retryAt ?? 0) - now()) / 1_000));
  const names = {
    idle: 'Idle',
    connecting: 'Connecting',
    live: 'Live',
    reconnecting: `Reconnecting ${seconds} s`,
    offline: 'Offline',
  };
  return names[state.kind];
}

/** How live the page is. Announces only what lasts: the countdown is not read aloud. */
export function LivePill() {
  const kind = () => (live.paused() ? 'paused' : live.state().kind);
  const text = () => {
    if (!live.paused()) return words(live.state());
    return live.waiting() > 0 ? `Paused · ${integer(live.waiting())} new` : 'Paused';
  };
  const lastEvent = () => live.lastEventAt();
  return (
    <>
      <span role="status" class="sr-only">
        {kind() === 'reconnecting' ? 'Connection lost, reconnecting' : kind() === 'offline' ? 'Offline' : ''}
      </span>
      <Popover
        label={`Live data: ${text()}`}
        class="flex h-7 items-center gap-1.5 rounded-full border border-line bg-panel px-2.5 text-xs font-semibold hover:bg-hover"
        trigger={
          <>
            <span aria-hidden="true" class={`${looks[kind()].class} text-[10px] leading-none`}>
              {looks[kind()].shape}
            </span>
            <span class="tabular max-sm:sr-only">{text()}</span>
          </>
        }
      >
        {() => (
          <div class="flex w-60 flex-col gap-3 p-2.5">
            <Facts
              items={[
                ['State', words(live.state())],
                ['Events received', integer(live.received())],
                ['Last event', <Time at={lastEvent() === undefined ? null : new Date(lastEvent()!).toISOString()} />],
              ]}
            />
            <div class="flex gap-2">
              <Button size="sm" onClick={() => live.setPaused(!live.paused())}>
                {live.paused() ? 'Resume' : 'Pause'}
              </Button>
              <Show when={live.state().kind === 'reconnecting' || live.state().kind === 'offline'}>
                <Button size="sm" onClick={retryNow}>
                  Retry now
                </Button>
              </Show>
            </div>
          </div>
        )}
      </Popover>
    </>
  );
}
