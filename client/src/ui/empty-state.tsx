import { type JSX, Show } from 'solid-js';

/** What stands where something could be: why it is not there and what to do about it. */
export function EmptyState(props: { icon?: JSX.Element; title: string; action?: JSX.Element; children?: JSX.Element }) {
  return (
    <div class="flex flex-col items-center gap-1 px-6 py-10 text-center">
      <Show when={props.icon}>
        <div aria-hidden="true" class="mb-2 grid size-11 place-items-center rounded-full bg-sunken text-ink-2">
          {props.icon}
        </div>
      </Show>
      <p class="font-semibold">{props.title}</p>
      <div class="max-w-md text-sm text-balance text-ink-2">{props.children}</div>
      <Show when={props.action}>
        <div class="mt-3 flex flex-wrap justify-center gap-2">{props.action}</div>
      </Show>
    </div>
  );
}
