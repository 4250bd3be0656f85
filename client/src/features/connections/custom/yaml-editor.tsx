import { For, createEffect, createMemo, createSignal, on } from 'solid-js';
import { indentOf, offsetOfLine } from './lines.ts';

const lineHeight = 20;
const padding = 8;

export interface EditorHandle {
  /** Puts the cursor into a line and scrolls there; both count from 1. */
  goTo(line: number, column: number): void;
}

interface Mark {
  line: number;
  message: string;
}

function Gutter(props: { count: number; marks: ReadonlyMap<number, string>; top: number }) {
  return (
    <div
      aria-hidden="true"
      class="w-12 shrink-0 overflow-hidden border-r border-line-soft bg-sunken select-none"
      style={{ 'padding-block': `${padding}px` }}
    >
      <div style={{ transform: `translateY(${-props.top}px)` }}>
        <For each={Array.from({ length: props.count })}>
          {(_, index) => (
            <div
              class={`tabular pr-2 text-right font-mono text-xs ${props.marks.has(index() + 1) ? 'font-bold text-error' : 'text-ink-2'}`}
              style={{ height: `${lineHeight}px`, 'line-height': `${lineHeight}px` }}
              title={props.marks.get(index() + 1)}
            >
              {props.marks.has(index() + 1) ? '✕ ' : ''}
              {index() + 1}
            </div>
          )}
        </For>
      </div>
    </div>
  );
}

function Tints(props: { lines: Iterable<number>; top: number }) {
  return (
    <div aria-hidden="true" class="absolute inset-0" style={{ transform: `translateY(${padding - props.top}px)` }}>
      <For each={[...props.lines]}>
        {(line) => (
          <div
            class="absolute inset-x-0 bg-error-soft"
            style={{ top: `${(line - 1) * lineHeight}px`, height: `${lineHeight}px` }}
          />
        )}
      </For>
    </div>
  );
}

/** Enter begins the next line as far in as this one. */
function breakLine(
  event: KeyboardEvent & { currentTarget: HTMLTextAreaElement },
  onInput: (text: string) => void,
): void {
  const area = event.currentTarget;
  if (event.key !== 'Enter' || event.isComposing || area.readOnly) return;
  event.preventDefault();
  const { selectionStart: start, selectionEnd: end, value } = area;
  const added = `\n${indentOf(value, start)}`;
  area.setRangeText(added, start, end, 'end');
  onInput(area.value);
}

/** A plain text area with line numbers; lines with mistakes are tinted. Enter keeps the indentation, Tab leaves. */
export function YamlEditor(props: {
  label: string;
  text: string;
  marks: Mark[];
  readOnly: boolean;
  describedBy?: string;
  onInput: (text: string) => void;
  ref: (handle: EditorHandle) => void;
}) {
  const [top, setTop] = createSignal(0);
  const count = createMemo(() => props.text.split('\n').length);
  const marks = createMemo(() => new Map(props.marks.map(({ line, message }) => [line, message])));
  let area!: HTMLTextAreaElement;
  props.ref({
    goTo: (line, column) => {
      const offset = offsetOfLine(area.value, line, column);
      area.focus();
      area.setSelectionRange(offset, offset);
      area.scrollTop = Math.max(0, (line - 6) * lineHeight);
    },
  });
  // What comes from elsewhere, e.g. an older version, replaces the text; what was typed stands there already.
  createEffect(
    on(
      () => props.text,
      (text) => {
        if (area.value !== text) area.value = text;
      },
    ),
  );
  return (
    <div class="flex h-[62dvh] min-h-80 overflow-hidden rounded-card border border-line bg-panel focus-within:outline-2 focus-within:outline-accent">
      <Gutter count={count()} marks={marks()} top={top()} />
      <div class="relative min-w-0 flex-1 overflow-hidden">
        <Tints lines={marks().keys()} top={top()} />
        <textarea
          ref={(found) => (area = found)}
          aria-label={props.label}
          aria-describedby={props.describedBy}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          readOnly={props.readOnly}
          class="absolute inset-0 size-full resize-none overflow-auto bg-transparent px-3 font-mono text-xs whitespace-pre text-ink outline-none"
          style={{ 'line-height': `${lineHeight}px`, 'padding-block': `${padding}px` }}
          onInput={(event) => props.onInput(event.currentTarget.value)}
          onKeyDown={(event) => breakLine(event, props.onInput)}
          onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        />
      </div>
    </div>
  );
}
