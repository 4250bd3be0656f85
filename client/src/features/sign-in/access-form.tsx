import { type JSX, Show } from 'solid-js';
import type { Action } from '../../data/query.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

/** A form that lets somebody in: what the server refused, with the wait after too many tries, fields and a button. */
export function AccessForm(props: {
  action: Action<[FormData]>;
  /** On the button. */
  submit: string;
  children: JSX.Element;
  /** Below the button. */
  hint?: JSX.Element;
}) {
  return (
    <form
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void props.action.run(new FormData(event.currentTarget));
      }}
    >
      <Show when={props.action.failure()}>
        {(failure) => (
          <Banner tone="error">
            {failure().message}
            <Show when={failure().retryAfter}>{(seconds) => <> Try again in {seconds()} s.</>}</Show>
          </Banner>
        )}
      </Show>
      {props.children}
      <Button type="submit" look="primary" pending={props.action.pending()}>
        {props.submit}
      </Button>
      {props.hint}
    </form>
  );
}
