import { Title } from './title.tsx';
import { type JSX, Show } from 'solid-js';

/** Frame of every screen: heading, one line of status, actions at the right. */
export function Page(props: {
  title: string;
  status?: JSX.Element;
  actions?: JSX.Element;
  above?: JSX.Element;
  children: JSX.Element;
}) {
  return (
    <div class="mx-auto flex w-full max-w-[1600px] flex-col gap-4 p-4 sm:p-6">
      <Title text={props.title} />
      {props.above}
      <header class="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div class="min-w-0 flex-1 basis-60">
          <h1 class="text-xl break-words font-semibold tracking-[-0.01em]">{props.title}</h1>
          <Show when={props.status}>
            <div class="text-sm text-ink-2">{props.status}</div>
          </Show>
        </div>
        <Show when={props.actions}>
          <div class="flex flex-wrap items-center gap-2">{props.actions}</div>
        </Show>
      </header>
      {props.children}
    </div>
  );
}
