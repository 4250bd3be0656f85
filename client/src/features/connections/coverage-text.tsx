import { Show } from 'solid-js';
import { integer } from '../../ui/format.ts';
import { days } from '../../ui/time.tsx';
import type { CoverageFieldsFragment } from './connections.generated.ts';

/** What is stored of a connection, in two short lines. */
export function CoverageText(props: { of: CoverageFieldsFragment | null }) {
  return (
    <Show
      when={props.of && props.of.records + props.of.journeys > 0 && props.of}
      fallback={<span class="text-ink-2">Nothing stored</span>}
    >
      {(coverage) => (
        <span class="block leading-[18px]">
          <span class="tabular block whitespace-nowrap">
            {[
              coverage().records > 0 ? `${integer(coverage().records)} records` : '',
              coverage().journeys > 0 ? `${integer(coverage().journeys)} journeys` : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <Show when={coverage().firstDate}>
            <span class="block text-xs whitespace-nowrap text-ink-2">
              {days(coverage().firstDate, coverage().lastDate)}
            </span>
          </Show>
        </span>
      )}
    </Show>
  );
}
