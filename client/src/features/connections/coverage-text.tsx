import { Show } from 'solid-js';
import { days } from '../../ui/time.tsx';
import { describeStored } from './describe-stored.ts';
import type { CoverageFieldsFragment } from './connections.generated.ts';

/** What is stored of a connection, in two short lines. */
export function CoverageText(props: { of: CoverageFieldsFragment | null }) {
  const text = () => describeStored(props.of);
  return (
    <Show when={text() ? props.of : null} fallback={<span class="text-ink-2">Nothing stored</span>}>
      {(coverage) => (
        <span class="block leading-[18px]">
          <span class="tabular block">{text()}</span>
          <Show when={coverage().firstDate}>
            <span class="block text-xs text-ink-2">{days(coverage().firstDate, coverage().lastDate)}</span>
          </Show>
        </span>
      )}
    </Show>
  );
}
