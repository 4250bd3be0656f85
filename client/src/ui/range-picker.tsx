import CalendarDays from 'lucide-solid/icons/calendar-days';
import { For, createSignal } from 'solid-js';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';
import { Popover, menuItem } from './popover.tsx';
import { days } from './time.tsx';
import { type DayRange, parseRange } from './range.ts';

const triggerLook =
  'inline-flex h-[34px] items-center gap-2 rounded-control border border-line bg-panel px-2.5 text-sm whitespace-nowrap shadow-card hover:bg-hover';

/** A range as it stands in the address. Both undefined is everything. */
export interface RangeText {
  from: string | undefined;
  to: string | undefined;
}

const presets: { label: string; value: RangeText }[] = [
  { label: 'Last 7 days', value: { from: 'now-6d', to: 'now' } },
  { label: 'Last 30 days', value: { from: 'now-29d', to: 'now' } },
  { label: 'Last 90 days', value: { from: 'now-89d', to: 'now' } },
  { label: 'Last 12 months', value: { from: 'now-364d', to: 'now' } },
];

const everything = { label: 'All time', value: { from: undefined, to: undefined } };

function CustomDays(props: { range: DayRange | null; onChange: (range: RangeText) => void }) {
  const [from, setFrom] = createSignal(props.range?.from ?? '');
  const [to, setTo] = createSignal(props.range?.to ?? '');
  return (
    <form
      class="mt-1.5 flex flex-col gap-2 border-t border-line-soft p-2 pt-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        props.onChange({ from: from(), to: to() });
      }}
    >
      <TextField
        label="From"
        type="date"
        required
        value={from()}
        onInput={(event) => setFrom(event.currentTarget.value)}
      />
      <TextField label="To" type="date" required value={to()} onInput={(event) => setTo(event.currentTarget.value)} />
      <Button type="submit" size="sm">
        Apply
      </Button>
    </form>
  );
}

/** Chooses days: a preset that moves with today, or two fixed days. */
export function RangePicker(props: {
  value: RangeText;
  today: string;
  withAll?: boolean;
  align?: 'start' | 'end';
  onChange: (range: RangeText) => void;
}) {
  const options = () => (props.withAll ? [everything, ...presets] : presets);
  const chosen = () => options().find(({ value }) => value.from === props.value.from && value.to === props.value.to);
  const range = () => parseRange(props.value.from, props.value.to, props.today);
  const text = () => chosen()?.label ?? days(range()?.from, range()?.to);
  return (
    <Popover
      label={`Date range: ${text()}`}
      align={props.align ?? 'end'}
      class={triggerLook}
      trigger={
        <>
          <CalendarDays size={15} class="text-ink-2" aria-hidden="true" />
          {text()}
        </>
      }
    >
      {(close) => {
        const change = (value: RangeText): void => {
          props.onChange(value);
          close();
        };
        return (
          <>
            <For each={options()}>
              {(option) => (
                <button
                  type="button"
                  class={menuItem}
                  aria-pressed={chosen() === option}
                  classList={{ 'font-semibold text-accent!': chosen() === option }}
                  onClick={() => change(option.value)}
                >
                  {option.label}
                </button>
              )}
            </For>
            <CustomDays range={range()} onChange={change} />
          </>
        );
      }}
    </Popover>
  );
}
