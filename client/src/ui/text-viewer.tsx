import { createVirtualizer } from '@tanstack/solid-virtual';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronUp from 'lucide-solid/icons/chevron-up';
import { For, Show, createEffect, createMemo, createSignal, on } from 'solid-js';
import { CopyButton } from './copy-button.tsx';
import { TextField } from './field.tsx';
import { findLines, markMatches, prettyLines } from './find-lines.ts';
import { plural } from './format.ts';
import { IconButton } from './icon-button.tsx';

const lineHeight = 20;

function Line(props: { number: number; text: string; search: string; current: boolean; top: number }) {
  return (
    <div
      class={`absolute flex min-w-full gap-3 pr-4 font-mono text-xs whitespace-pre ${props.current ? 'bg-accent-soft' : ''}`}
      style={{ transform: `translateY(${props.top}px)`, height: `${lineHeight}px`, 'line-height': `${lineHeight}px` }}
    >
      <span aria-hidden="true" class="tabular w-12 shrink-0 pl-2 text-right text-ink-2 select-none">
        {props.number}
      </span>
      <code>
        <For each={markMatches(props.text, props.search)}>
          {(part) => (
            <Show when={part.match} fallback={part.text}>
              <mark class="rounded-[2px] bg-warn-soft text-ink ring-1 ring-warn">{part.text}</mark>
            </Show>
          )}
        </For>
      </code>
    </div>
  );
}

/** Where one is among the lines that match, and how to get to the next. */
function createMatches(lines: () => string[]) {
  const [search, setSearch] = createSignal('');
  const [index, setIndex] = createSignal(0);
  const found = createMemo(() => findLines(lines(), search()));
  createEffect(on(found, () => setIndex(0)));
  return {
    search,
    setSearch,
    found,
    line: () => found()[index()],
    text: () =>
      found().length > 0
        ? `${index() + 1} of ${plural(found().length, 'line')}`
        : search().trim()
          ? 'Nothing found'
          : '',
    step: (by: number) => setIndex((now) => (found().length > 0 ? (now + by + found().length) % found().length : 0)),
  };
}

function Search(props: { matches: ReturnType<typeof createMatches>; text: string }) {
  return (
    <div class="flex items-center gap-1">
      <TextField
        label="Search in the text"
        quiet
        type="search"
        placeholder="Search"
        class="w-44"
        value={props.matches.search()}
        onInput={(event) => props.matches.setSearch(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && props.matches.step(event.shiftKey ? -1 : 1)}
      />
      <span class="tabular min-w-24 text-xs text-ink-2" aria-live="polite">
        {props.matches.text()}
      </span>
      <IconButton label="Previous match" size="icon-sm" onClick={() => props.matches.step(-1)}>
        <ChevronUp size={14} />
      </IconButton>
      <IconButton label="Next match" size="icon-sm" onClick={() => props.matches.step(1)}>
        <ChevronDown size={14} />
      </IconButton>
      <CopyButton text={props.text} label="Copy all" />
    </div>
  );
}

/** A long text, JSON laid out, with a search of its own. Only the lines in view are drawn. */
export function TextViewer(props: { label: string; text: string; height?: number }) {
  const lines = createMemo(() => prettyLines(props.text));
  const matches = createMatches(lines);
  let box!: HTMLDivElement;
  const virtual = createVirtualizer({
    get count() {
      return lines().length;
    },
    getScrollElement: () => box,
    estimateSize: () => lineHeight,
    overscan: 12,
  });
  createEffect(on(matches.line, (line) => line !== undefined && virtual.scrollToIndex(line, { align: 'center' })));
  return (
    <div class="flex flex-col gap-2">
      <Search matches={matches} text={lines().join('\n')} />
      <div
        ref={(found) => (box = found)}
        role="group"
        aria-label={props.label}
        tabindex={0}
        class="overflow-auto rounded-card border border-line-soft bg-sunken py-1"
        style={{ height: `${Math.min(props.height ?? 460, Math.max(80, lines().length * lineHeight + 10))}px` }}
      >
        <div class="relative" style={{ height: `${virtual.getTotalSize()}px`, 'min-width': 'max-content' }}>
          <For each={virtual.getVirtualItems()}>
            {(item) => (
              <Line
                number={item.index + 1}
                text={lines()[item.index] ?? ''}
                search={matches.search()}
                current={matches.line() === item.index}
                top={item.start}
              />
            )}
          </For>
        </div>
      </div>
    </div>
  );
}
