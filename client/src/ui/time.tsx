import { createSignal } from 'solid-js';
import { unknown } from './format.ts';
import { ago } from './relative-time.ts';

const [now, setNow] = createSignal(Date.now());
setInterval(() => setNow(Date.now()), 1_000);

/** The present, once a second. */
export { now };

const full = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const short = new Intl.DateTimeFormat('en', {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

/** A calendar day such as `2026-11-20` for people. */
export function date(text: string | null | undefined): string {
  return text ? day.format(new Date(`${text.slice(0, 10)}T00:00:00Z`)) : unknown;
}

/** From one day to another; unknown when neither is known. */
export function days(from: string | null | undefined, to: string | null | undefined): string {
  return from || to ? `${date(from)} – ${date(to)}` : unknown;
}

/** An instant. Recent ones are relative; the exact one is in the tooltip. */
export function Time(props: { at: string | null | undefined; style?: 'relative' | 'short' | 'clock' }) {
  const text = () => {
    if (!props.at) return unknown;
    const instant = new Date(props.at);
    if (props.style === 'clock') return clock.format(instant);
    if (props.style === 'short') return short.format(instant);
    return ago(instant.getTime(), now()) ?? short.format(instant);
  };
  return (
    <time
      dateTime={props.at ?? undefined}
      title={props.at ? full.format(new Date(props.at)) : undefined}
      class="whitespace-nowrap"
    >
      {text()}
    </time>
  );
}
