import { Show } from 'solid-js';
import type { Failure } from '../../data/failure.ts';
import { Banner } from '../../ui/banner.tsx';

/** What the server said to a form, with the wait when there were too many tries. */
export function FormFailure(props: { failure: Failure | undefined }) {
  return (
    <Show when={props.failure}>
      {(failure) => (
        <Banner tone="error">
          {failure().message}
          <Show when={failure().retryAfter}>{(seconds) => <> Try again in {seconds()} s.</>}</Show>
        </Banner>
      )}
    </Show>
  );
}
