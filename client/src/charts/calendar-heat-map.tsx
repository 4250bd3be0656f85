import { For, Show, createEffect, createMemo, createSignal, on } from 'solid-js';
import { type Week, calendarWeeks } from './calendar-weeks.ts';

export type CellTone = 'ok' | 'warn' | 'error' | 'none';

/** How a day is drawn. The shape says the same as the colour. */
export interface CalendarCell {
  tone: CellTone;
  /** Drawn as an outline, e.g. while it may still change. */
  hollow?: boolean;
  /** Read aloud and shown when pointed at. */
  title: string;
}

const fills: Record<CellTone, string> = {
  ok: 'var(--ok)',
  warn: 'var(--warn)',
  error: 'var(--error)',
  none: 'transparent',
};
const glyphs: Record<CellTone, string> = { ok: '', warn: '−', error: '×', none: '' };
const weekdays = ['Mon', '', 'Wed', '', 'Fri', '', 'Sun'];

/** The look of one day, for the calendar and its legend. */
export function CalendarSquare(props: { tone: CellTone; hollow?: boolean | undefined }) {
  const fill = () => fills[props.tone];
  return (
    <span
      aria-hidden="true"
      class="grid size-[13px] place-items-center rounded-[3px] text-[11px] leading-none font-bold"
      style={{
        background: props.hollow ? `color-mix(in srgb, ${fill()} 22%, var(--panel))` : fill(),
        color: props.hollow ? fill() : 'var(--panel)',
        'box-shadow': `inset 0 0 0 1px ${props.tone === 'none' ? 'var(--line)' : fill()}`,
      }}
    >
      {glyphs[props.tone]}
    </span>
  );
}

function Day(props: { day: string; cell: CalendarCell; current: boolean; selected: boolean }) {
  return (
    <td
      role="gridcell"
      data-day={props.day}
      tabindex={props.current ? 0 : -1}
      aria-selected={props.selected}
      aria-label={props.cell.title}
      title={props.cell.title}
      class="cursor-pointer rounded-[4px] p-px outline-offset-0 aria-selected:bg-ink"
    >
      <CalendarSquare tone={props.cell.tone} hollow={props.cell.hollow} />
    </td>
  );
}

function Months(props: { weeks: Week[] }) {
  return (
    <tr aria-hidden="true">
      <td />
      <For each={props.weeks}>
        {(week) => (
          <td class="relative h-4 p-0 text-[11px] leading-none text-ink-2">
            <span class="absolute bottom-0.5 left-px">{week.month}</span>
          </td>
        )}
      </For>
    </tr>
  );
}

interface CalendarProps {
  label: string;
  from: string;
  to: string;
  cell: (day: string) => CalendarCell;
  selected: string | undefined;
  onSelect: (day: string) => void;
}

/** Which day has the focus, and how keys and clicks move it. */
function createCursor(props: CalendarProps, weeks: () => Week[], frame: () => HTMLElement) {
  const all = createMemo(() => weeks().flatMap(({ days }) => days.filter((day) => day !== null)));
  const [current, setCurrent] = createSignal<string>();
  createEffect(on(all, (days) => setCurrent((now) => (now && days.includes(now) ? now : days.at(-1)))));
  const dayOf = (event: Event): string | undefined =>
    (event.target as HTMLElement).closest<HTMLElement>('[data-day]')?.dataset['day'];
  const goTo = (day: string | undefined): void => {
    if (!day) return;
    setCurrent(day);
    frame().querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
  };
  const targets: Record<string, (index: number) => string | undefined> = {
    Home: () => all()[0],
    End: () => all().at(-1),
    ArrowLeft: (index) => all()[index - 7],
    ArrowRight: (index) => all()[index + 7],
    ArrowUp: (index) => all()[index - 1],
    ArrowDown: (index) => all()[index + 1],
  };
  const onKey = (event: KeyboardEvent): void => {
    const day = dayOf(event);
    const isChoice = event.key === 'Enter' || event.key === ' ';
    if (!day || !(isChoice || event.key in targets)) return;
    event.preventDefault();
    if (isChoice) props.onSelect(day);
    else goTo(targets[event.key]?.(all().indexOf(day)));
  };
  const onClick = (event: MouseEvent): void => {
    const day = dayOf(event);
    if (!day) return;
    setCurrent(day);
    props.onSelect(day);
  };
  return { current, onKey, onClick };
}

/** Days as squares in columns of weeks. One tab stop; arrow keys move, Enter chooses. */
export function CalendarHeatMap(props: CalendarProps) {
  const weeks = createMemo(() => calendarWeeks(props.from, props.to));
  let frame!: HTMLDivElement;
  const cursor = createCursor(props, weeks, () => frame);
  // The newest days are what one looks for first.
  createEffect(on(weeks, () => queueMicrotask(() => (frame.scrollLeft = frame.scrollWidth))));
  const Row = (row: { name: string; index: number }) => (
    <tr>
      <td aria-hidden="true" class="sticky left-0 bg-panel pr-2 text-[11px] leading-none text-ink-2">
        {row.name}
      </td>
      <For each={weeks()}>
        {(week) => (
          <Show when={week.days[row.index]} fallback={<td aria-hidden="true" />}>
            {(day) => (
              <Day
                day={day()}
                cell={props.cell(day())}
                current={cursor.current() === day()}
                selected={props.selected === day()}
              />
            )}
          </Show>
        )}
      </For>
    </tr>
  );
  return (
    <div ref={(found) => (frame = found)} class="overflow-x-auto pb-1">
      <table
        role="grid"
        aria-label={props.label}
        class="border-separate border-spacing-0"
        onClick={cursor.onClick}
        onKeyDown={cursor.onKey}
      >
        <thead>
          <Months weeks={weeks()} />
        </thead>
        <tbody>
          <For each={weekdays}>{(name, index) => <Row name={name} index={index()} />}</For>
        </tbody>
      </table>
    </div>
  );
}
