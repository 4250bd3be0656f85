import { Show } from 'solid-js';
import { Badge } from './badge.tsx';

/** Marks what comes from generated data. */
export function MockBadge(props: { when: boolean | undefined }) {
  return (
    <Show when={props.when}>
      <Badge tone="warn" shape={false}>
        Mock
      </Badge>
    </Show>
  );
}
