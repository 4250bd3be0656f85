import { Show } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { FigureCard } from '../../ui/figure-card.tsx';
import { toast } from '../../ui/toast.tsx';
import { ForetoldChart, foretoldFields, type ForetoldRow } from './foretold-chart.tsx';
import { kpiText, kpiTick } from './model-names.ts';
import { RefreshModelAccuracyDocument, type VersionFieldsFragment } from './models.generated.ts';

/** What a version said of the periods since its training, and what happened. */
export function AccuracyCard(props: { version: VersionFieldsFragment; modelId: string }) {
  const refresh = createAction(async () => {
    await mutate(RefreshModelAccuracyDocument, { modelId: props.modelId });
    toast('The comparison runs in the background.');
  });
  const accuracy = () => props.version.accuracy;
  const rows = (): ForetoldRow[] => accuracy().points.map(({ period, ...point }) => ({ date: period, ...point }));
  const show = (value: number | null): string => kpiText(value, props.version.inputs);
  const button = () => (
    <Show when={may('causal:run')}>
      <Button size="sm" pending={refresh.pending()} onClick={() => void refresh.run()}>
        Compare with the newest data
      </Button>
    </Show>
  );
  const title = 'Accuracy over time';
  return (
    <Show
      when={rows().length > 0}
      fallback={
        <Card title={title} aside={button()}>
          <p class="text-sm text-ink-2">{accuracy().conclusion}</p>
        </Card>
      }
    >
      <FigureCard
        title={title}
        hint="Periods after the training, as data arrives"
        file={`accuracy-v${props.version.number}`}
        rows={rows()}
        fields={foretoldFields(show)}
        below={
          <div class="flex flex-wrap items-center gap-3 px-4 pb-4">
            <p class="flex-1 basis-60 text-sm">{accuracy().conclusion}</p>
            {button()}
          </div>
        }
      >
        <ForetoldChart
          label="What was foretold of the periods since the training, and what happened; the table says the same"
          rows={rows()}
          format={show}
          tick={(value) => kpiTick(value, props.version.inputs)}
        />
      </FigureCard>
    </Show>
  );
}
