import { createEffect, on } from 'solid-js';
import { activity } from '../../data/activity.ts';
import { extentOf } from '../../data/extent.ts';
import { createQuery } from '../../data/query.ts';
import { isOnlyMock } from '../../runs/only-mock.ts';
import { DataState } from '../../ui/data-state.tsx';
import { plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { days } from '../../ui/time.tsx';
import {
  CalibrationsCard,
  DecisionCard,
  ExperimentsCard,
  LiftCard,
  MixModelsCard,
  ModelsCard,
} from './overview-cards.tsx';
import { CausalOverviewDocument, type CausalOverviewQuery } from './overview.generated.ts';
import { StepsCard } from './steps-card.tsx';

function stored({ sourceKinds, bySource }: CausalOverviewQuery['dataExtent']): string {
  const mock = isOnlyMock(sourceKinds);
  const { records, journeys, firstDate, lastDate } = extentOf(bySource, mock);
  const amounts = `${plural(records, 'record')} and ${plural(journeys, 'row')} of journeys${mock ? ', generated' : ''}`;
  return firstDate ? `${amounts} · ${days(firstDate, lastDate)}` : amounts;
}

/** What the organisation knows of cause and effect, and what to do next. */
export function CausalOverviewPage() {
  const overview = createQuery(CausalOverviewDocument, () => ({}));
  // Whatever is told in the activity may change something here.
  createEffect(on(() => activity.items()[0]?.sequence, overview.refetch, { defer: true }));
  return (
    <Page title="Causal overview" status={overview.data() && stored(overview.data()!.dataExtent)}>
      <DataState of={overview} skeleton={<Skeleton rows={10} class="card" />}>
        {(data) => (
          <div class="flex flex-col gap-4">
            <StepsCard found={data()} />
            <div class="-mb-4 gap-4 lg:columns-2">
              <ModelsCard found={data()} />
              <MixModelsCard found={data()} />
              <ExperimentsCard found={data()} />
              <LiftCard found={data()} />
              <CalibrationsCard found={data()} />
              <DecisionCard found={data()} />
            </div>
          </div>
        )}
      </DataState>
    </Page>
  );
}
