import { Show } from 'solid-js';
import { Badge } from './badge.tsx';

/** Whether computing something again gave the same. */
export function Sameness(props: { of: { identical: boolean; sameData: boolean; largestDifference?: number } }) {
  return (
    <div role="status" class="flex flex-wrap items-center gap-2 text-sm">
      <Badge tone={props.of.identical ? 'ok' : 'warn'}>{props.of.identical ? 'Identical' : 'Different'}</Badge>
      <span class="text-ink-2">
        {props.of.sameData ? 'on the same data' : 'the data has changed since'}
        <Show when={props.of.largestDifference !== undefined}>
          , largest difference {props.of.largestDifference!.toPrecision(2)}
        </Show>
      </span>
    </div>
  );
}
