import { duration } from './format.ts';
import { now } from './time.tsx';

/** How long it is until an instant, counting down. */
export function Countdown(props: { to: string; past?: string }) {
  const left = () => Date.parse(props.to) - now();
  const text = () =>
    left() > 0 ? duration(Math.ceil(left() / 1_000) * 1_000).replace('.0 s', ' s') : (props.past ?? 'any moment');
  return (
    <time dateTime={props.to} class="tabular whitespace-nowrap">
      {text()}
    </time>
  );
}
