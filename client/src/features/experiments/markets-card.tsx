import { Show, createSignal } from 'solid-js';
import { activity, knownSequence } from '../../data/activity.ts';
import { createFeed } from '../../data/feed.ts';
import { createAction, createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { timeZone } from '../../data/url.ts';
import { Warnings } from '../../runs/warnings.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Progress } from '../../ui/progress.tsx';
import { addDays, dayIn } from '../../ui/range.ts';
import {
  CancelMarketSelectionDocument,
  DesignExperimentDocument,
  type ExperimentFieldsFragment,
  type GeoDesignInput,
  MarketSelectionProgressDocument,
  MarketSelectionsDocument,
  RunMarketSelectionDocument,
  type RunMarketSelectionInput,
} from './experiments.generated.ts';
import { listOf, numbersOf } from './read-lists.ts';
import { SelectionTable } from './selection-table.tsx';

interface Shown {
  experiment: ExperimentFieldsFragment;
  onChanged: () => void;
}

/** The newest search for this experiment, followed live. */
function createSelection(id: () => string) {
  const list = createQuery(MarketSelectionsDocument, () => ({}));
  createFeed({
    document: MarketSelectionProgressDocument,
    variables: () => (activity.ready() ? {} : null),
    after: knownSequence,
    sequenceOf: (data) => data.marketSelectionProgress.sequence,
    onEvent: ({ marketSelectionProgress: { selection } }) => {
      if (selection.state !== 'RUNNING') return list.refetch();
      list.patch((data) => {
        const row = data.marketSelections.edges.find(({ node }) => node.id === selection.id)?.node;
        if (row) Object.assign(row, selection);
      });
    },
  });
  const newest = () => list.data()?.marketSelections.edges.find(({ node }) => node.experimentId === id())?.node;
  return { list, newest };
}

function searchInput(form: FormData, { geo, id }: ExperimentFieldsFragment): RunMarketSelectionInput {
  const text = (name: string): string => String(form.get(name) ?? '');
  const sign = text('direction') === 'less' ? -1 : 1;
  return {
    experimentId: id,
    kpi: geo!.kpi,
    basis: geo!.basis,
    mock: geo!.mock,
    alpha: geo!.alpha,
    power: geo!.power,
    from: geo!.from,
    // Today is not over.
    to: addDays(dayIn(Date.now(), timeZone()), -1),
    sizes: numbersOf(text('sizes')),
    durations: numbersOf(text('durations')),
    effects: numbersOf(text('effects')).map((effect) => (sign * effect) / 100),
    include: listOf(text('include')),
    exclude: listOf(text('exclude')),
    windows: Number(text('windows')),
    costPerIncremental: Number(text('cost')),
  };
}

function Search(props: Shown & { onStarted: () => void }) {
  const search = createAction(async (element: HTMLFormElement) => {
    await mutate(RunMarketSelectionDocument, { input: searchInput(new FormData(element), props.experiment) });
    props.onStarted();
  });
  return (
    <form
      class="flex flex-col gap-3"
      aria-label="Search markets"
      onSubmit={(event) => {
        event.preventDefault();
        void search.run(event.currentTarget);
      }}
    >
      <div class="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <TextField name="sizes" label="Markets to treat" value="1, 2, 3, 4" hint="Sizes to try" required />
        <TextField name="durations" label="Days" value="14, 21, 28" hint="Lengths to try" required />
        <TextField name="effects" label="Effects in %" value="2, 5, 10, 15, 20" hint="Sizes to try" required />
        <SelectField name="direction" label="Spend is">
          <option value="more">raised</option>
          <option value="less">cut (holdout)</option>
        </SelectField>
        <TextField name="windows" label="Windows of history" type="number" min="1" max="200" value="20" required />
        <TextField
          name="cost"
          label="Cost of one more"
          type="number"
          min="0"
          step="any"
          value="0"
          hint="Of the outcome"
        />
        <TextField name="include" label="Must be treated" hint="Names, with commas" />
        <TextField name="exclude" label="May not be treated" hint="Names, with commas" />
      </div>
      <Show when={search.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <div>
        <Button type="submit" pending={search.pending()}>
          Search markets on history
        </Button>
      </div>
    </form>
  );
}

function Draw(props: { pending: boolean; onDesign: (design: GeoDesignInput) => void }) {
  const [days, setDays] = createSignal('28');
  const draw = (method: 'PAIRED' | 'STRATIFIED'): void =>
    props.onDesign({ method, days: Number(days()), seed: 1 + Math.floor(Math.random() * 1e6) });
  return (
    <details>
      <summary class="w-fit text-sm font-semibold text-ink-2 hover:text-ink">Draw markets by chance instead</summary>
      <div class="mt-3 flex flex-wrap items-end gap-2">
        <TextField
          class="w-28"
          label="Days"
          type="number"
          min="1"
          max="365"
          value={days()}
          onInput={(event) => setDays(event.currentTarget.value)}
        />
        <Button pending={props.pending} onClick={() => draw('PAIRED')}>
          One of each matched pair
        </Button>
        <Button pending={props.pending} onClick={() => draw('STRATIFIED')}>
          A quarter, by strata of size
        </Button>
      </div>
    </details>
  );
}

/** Chooses the markets of a geo experiment: by a search on history, or by chance. */
export function MarketsCard(props: Shown) {
  const { list, newest } = createSelection(() => props.experiment.id);
  const design = createAction(async (geo: GeoDesignInput) => {
    await mutate(DesignExperimentDocument, { id: props.experiment.id, geo });
    props.onChanged();
  });
  const cancel = createAction(async () => {
    await mutate(CancelMarketSelectionDocument, { id: newest()!.id });
    list.refetch();
  });
  const busy = () => newest()?.state === 'QUEUED' || newest()?.state === 'RUNNING';
  return (
    <Show when={may('causal:run')}>
      <Card
        title="Choose markets"
        hint="Every set is tried on many endings of your own history, with and without an effect."
      >
        <div class="flex flex-col gap-4">
          <Search {...props} onStarted={list.refetch} />
          <Show when={busy()}>
            <div class="flex items-center gap-3">
              <Progress label="Progress of the search" value={newest()!.progress} />
              <Button size="sm" pending={cancel.pending()} onClick={() => void cancel.run()}>
                Cancel
              </Button>
            </div>
          </Show>
          <Show when={newest()?.state === 'FAILED'}>
            <Banner tone="error">{newest()!.error}</Banner>
          </Show>
          <Warnings of={newest()?.warnings} />
          <Show when={newest()?.state === 'SUCCEEDED' && newest()}>
            {(selection) => (
              <SelectionTable
                selection={selection()}
                pending={design.pending()}
                onChoose={({ markets, duration, effects, windows }) =>
                  void design.run({
                    method: 'CHOSEN',
                    cells: [{ name: 'treated', markets }],
                    days: duration,
                    effects: effects.map(({ effect }) => effect),
                    windows,
                  })
                }
              />
            )}
          </Show>
          <Draw pending={design.pending()} onDesign={(geo) => void design.run(geo)} />
          <Show when={design.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
        </div>
      </Card>
    </Show>
  );
}
