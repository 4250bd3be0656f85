import { For, Show } from 'solid-js';
import { Warnings } from '../../runs/warnings.tsx';
import { Banner } from '../../ui/banner.tsx';
import { plural } from '../../ui/format.ts';
import type { FormParts } from './form-parts.ts';

/** What would be read for a form, and what keeps it from being used. */
export function Findings(props: { parts: FormParts }) {
  const problems = () => props.parts.preview?.problems ?? [];
  return (
    <div class="flex flex-col gap-2" aria-live="polite">
      <For each={problems()}>{(problem) => <Banner tone="error">{problem.message}</Banner>}</For>
      <Warnings of={props.parts.preview?.warnings} />
      <Show when={problems().length === 0 && props.parts.preview}>
        {(preview) => (
          <p class="text-sm text-ink-2">
            {plural(preview().periods, props.parts.form.period === 'WEEK' ? 'week' : 'day')} would be read
            {preview().events.length > 0 ? `, with ${preview().events.join(', ')}` : ''}.
          </p>
        )}
      </Show>
    </div>
  );
}
