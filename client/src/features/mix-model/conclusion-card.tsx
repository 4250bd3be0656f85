import { For } from 'solid-js';
import { Warnings } from '../../runs/warnings.tsx';
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
        <Warnings of={props.warnings} />
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
