import { For, Show } from 'solid-js';
import { Banner } from '../ui/banner.tsx';

/** What may mislead about a result: in one box, so that many of them do not push the result away. */
export function Warnings(props: { of: readonly string[] | undefined }) {
  const all = () => props.of ?? [];
  return (
    <Show when={all().length > 0}>
      <Banner tone="warn">
        <Show when={all().length > 1} fallback={all()[0]}>
          <ul class="flex list-disc flex-col gap-1 pl-4">
            <For each={all()}>{(warning) => <li>{warning}</li>}</For>
          </ul>
        </Show>
      </Banner>
    </Show>
  );
}
