import { For, Match, Show, Switch } from 'solid-js';
import { Warnings } from '../../runs/warnings.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FigureCard } from '../../ui/figure-card.tsx';
import { percent } from '../../ui/format.ts';
import { ForetoldChart, foretoldFields, type ForetoldRow } from './foretold-chart.tsx';
import { kpiText, kpiTick, metricColumns } from './model-names.ts';
import type { VersionFieldsFragment } from './models.generated.ts';

function Metrics(props: { version: VersionFieldsFragment }) {
  return (
    <dl class="grid grid-cols-2 gap-3 px-4 pb-4 sm:grid-cols-4">
      <For each={metricColumns}>
        {({ key, label, hint, show }) => (
          <div>
            <dt class="text-xs font-semibold text-ink-2" title={hint}>
              {label}
            </dt>
            <dd class="tabular text-lg font-semibold">{show(props.version.metrics?.[key] ?? null)}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}

/** How well a version foretold periods it did not know. */
export function FoldsCard(props: { version: VersionFieldsFragment }) {
  const rows = (): ForetoldRow[] => props.version.folds.flatMap(({ points }) => points);
  const show = (value: number | null): string => kpiText(value, props.version.inputs);
  const title = () => `Back-test of v${props.version.number}`;
  return (
    <Switch
      fallback={
        <FigureCard
          title={title()}
          hint={`Trained ${props.version.folds.length} times as if the periods shown were not known yet`}
          file={`back-test-v${props.version.number}`}
          rows={rows()}
          fields={foretoldFields(show)}
          below={
            <>
              <Metrics version={props.version} />
              <div class="flex flex-col gap-2 px-4 pb-4 empty:hidden">
                <Warnings of={props.version.warnings} />
              </div>
            </>
          }
        >
          <ForetoldChart
            label="What was foretold in the folds, and what happened; the table says the same"
            rows={rows()}
            format={show}
            tick={(value) => kpiTick(value, props.version.inputs)}
          />
        </FigureCard>
      }
    >
      <Match when={rows().length === 0}>
        <Card title={title()}>
          <EmptyState title={props.version.state === 'RUNNING' ? 'Being trained and tested' : 'No back-test'}>
            <Show when={props.version.state === 'RUNNING'} fallback="This version has no result.">
              {percent(props.version.progress, 0)} done. The screen follows by itself.
            </Show>
          </EmptyState>
        </Card>
      </Match>
    </Switch>
  );
}
