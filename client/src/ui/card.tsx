import { type JSX, Show, createUniqueId } from 'solid-js';

/** A titled panel. `aside` stands at the right of the title. */
export function Card(props: {
  title?: string;
  hint?: JSX.Element;
  aside?: JSX.Element;
  class?: string;
  flush?: boolean;
  children: JSX.Element;
}) {
  const id = createUniqueId();
  return (
    <section class={`card min-w-0 ${props.class ?? ''}`} aria-labelledby={props.title ? id : undefined}>
      <Show when={props.title}>
        <header class="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3 pb-2">
          <div class="max-sm:contents sm:min-w-0 sm:flex-1 sm:basis-40">
            <h2 id={id} class="text-base font-semibold max-sm:min-w-0 max-sm:flex-1 max-sm:basis-32">
              {props.title}
            </h2>
            <Show when={props.hint}>
              <p class="text-xs text-ink-2 max-sm:order-1 max-sm:basis-full">{props.hint}</p>
            </Show>
          </div>
          {props.aside}
        </header>
      </Show>
      <div class={props.flush ? '' : props.title ? 'px-4 pb-4' : 'p-4'}>{props.children}</div>
    </section>
  );
}
