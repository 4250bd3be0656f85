import { For, Show } from 'solid-js';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';

/** The one sentence of a result with what may mislead and what has to be true. */
export function ConclusionCard(props: {
  conclusion: string | null;
  warnings: readonly string[];
  assumptions: readonly string[];
}) {
  return (
    <Card title="Conclusion">
      <div class="flex flex-col gap-4">
        <p class="max-w-prose text-base">{props.conclusion}</p>
        <Show when={props.warnings.length > 0}>
          <ul class="flex flex-col gap-2">
            <For each={props.warnings}>
              {(warning) => (
                <li>
                  <Banner tone="warn">{warning}</Banner>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <div>
          <h3 class="text-xs font-semibold text-ink-2">It holds if</h3>
          <ul class="mt-1 list-disc pl-5 text-sm">
            <For each={props.assumptions}>{(text) => <li>{text}</li>}</For>
          </ul>
        </div>
      </div>
    </Card>
  );
}
