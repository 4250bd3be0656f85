import { createVirtualizer } from '@tanstack/solid-virtual';
import { For, Show, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { createFeed } from '../../data/feed.ts';
import { live } from '../../data/live.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { plural } from '../../ui/format.ts';
import { Time } from '../../ui/time.tsx';
import { JobLogDocument } from './jobs.generated.ts';
import { type LogLine, appendLine } from './log-lines.ts';

const kept = 5_000;
const lineHeight = 22;
const levels: Record<string, string> = {
  error: 'text-error',
  warn: 'text-warn',
  info: 'text-ink-2',
  debug: 'text-ink-2',
};

function Line(props: { line: LogLine; top: number }) {
  return (
    <div
      class="absolute inset-x-0 flex gap-3 px-4 font-mono text-xs whitespace-pre hover:bg-hover"
      style={{ transform: `translateY(${props.top}px)`, height: `${lineHeight}px`, 'line-height': `${lineHeight}px` }}
    >
      <span class="text-ink-2">
        <Time at={props.line.at} style="clock" />
      </span>
      <span class={`w-10 shrink-0 font-semibold ${levels[props.line.level] ?? 'text-ink-2'}`}>{props.line.level}</span>
      <span class={props.line.level === 'error' ? 'text-error' : ''}>{props.line.message}</span>
    </div>
  );
}

/** Collects lines in a plain array and shows them at most four times a second. */
function createLines(jobId: () => string): () => LogLine[] {
  const [lines, setLines] = createSignal<LogLine[]>([]);
  let collected: LogLine[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(jobId, () => {
      collected = [];
      setLines([]);
    }),
  );
  createFeed({
    document: JobLogDocument,
    variables: () => ({ jobId: jobId() }),
    after: () => 0,
    sequenceOf: (data) => data.jobLog.sequence,
    onEvent: ({ jobLog }) => {
      collected = appendLine(collected, jobLog, kept);
      timer ??= setTimeout(() => {
        timer = undefined;
        setLines(collected);
      }, 250);
    },
  });
  onCleanup(() => clearTimeout(timer));
  return lines;
}

function Controls(props: { following: boolean; onFollow: () => void }) {
  return (
    <div class="flex gap-2">
      <Show when={!props.following}>
        <Button size="sm" onClick={() => props.onFollow()}>
          To the end
        </Button>
      </Show>
      <Button size="sm" aria-pressed={live.paused()} onClick={() => live.setPaused(!live.paused())}>
        {live.paused() ? 'Resume' : 'Pause'}
      </Button>
    </div>
  );
}

/** Follows the end of a scrolling box until one scrolls away from it. */
function createFollowing(box: () => HTMLElement, lines: () => LogLine[]) {
  const [following, setFollowing] = createSignal(true);
  const toEnd = (): void => {
    box().scrollTop = box().scrollHeight;
  };
  createEffect(
    on(lines, () => {
      if (following()) queueMicrotask(toEnd);
    }),
  );
  return {
    following,
    follow: () => {
      setFollowing(true);
      toEnd();
    },
    scrolled: () => setFollowing(box().scrollHeight - box().scrollTop - box().clientHeight < lineHeight),
  };
}

/** The log as it grows. It follows the end while one is there, and stays put as soon as one scrolls up. */
export function LogCard(props: { jobId: string; running: boolean }) {
  const lines = createLines(() => props.jobId);
  let box!: HTMLDivElement;
  const { following, follow, scrolled } = createFollowing(() => box, lines);
  const virtual = createVirtualizer({
    get count() {
      return lines().length;
    },
    getScrollElement: () => box,
    estimateSize: () => lineHeight,
    overscan: 12,
  });
  const hint = () =>
    live.paused() ? 'Paused' : `${plural(lines().length, 'line')}${props.running && following() ? ', following' : ''}`;
  return (
    <Card title="Log" hint={hint()} flush aside={<Controls following={following()} onFollow={follow} />}>
      <div
        ref={(found) => (box = found)}
        role="log"
        aria-live="off"
        aria-label="Job log"
        tabindex={0}
        style={{ height: `${Math.min(480, Math.max(120, lines().length * lineHeight + 10))}px` }}
        class="overflow-auto border-t border-line-soft bg-sunken py-1"
        onScroll={scrolled}
      >
        <Show when={lines().length === 0}>
          <p class="px-4 py-3 text-sm text-ink-2">
            {props.running ? 'Waiting for the first line…' : 'This job wrote no log.'}
          </p>
        </Show>
        <div class="relative" style={{ height: `${virtual.getTotalSize()}px`, 'min-width': 'max-content' }}>
          <For each={virtual.getVirtualItems()}>
            {(item) => <Show when={lines()[item.index]}>{(line) => <Line line={line()} top={item.start} />}</Show>}
          </For>
        </div>
      </div>
    </Card>
  );
}
