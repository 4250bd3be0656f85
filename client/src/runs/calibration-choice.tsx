import { For } from 'solid-js';
import { createQuery } from '../data/query.ts';
import { DataState } from '../ui/data-state.tsx';
import { Checkbox } from '../ui/field.tsx';
import { MeasuredResultsDocument } from './calibrations.generated.ts';
import { type CalibratedModel, fittingResults } from './fitting-results.ts';

/** Results of experiments that a model has to agree with, of those that fit it. */
export function CalibrationChoice(props: {
  model: CalibratedModel;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const query = createQuery(MeasuredResultsDocument, () => ({}));
  const found = () =>
    fittingResults(query.data()?.calibrations.edges.map(({ node }) => node) ?? [], props.model, props.chosen);
  const take = (id: string, on: boolean): void =>
    props.onChange(on ? [...props.chosen, id] : props.chosen.filter((own) => own !== id));
  return (
    <DataState
      of={query}
      isEmpty={() => found().length === 0}
      empty={
        <p class="text-sm text-ink-2">
          No result fits this model yet. Decide an experiment, or write one in, and it can be taken here: nothing makes
          a mix model surer.
        </p>
      }
    >
      {() => (
        <ul class="flex flex-col gap-2">
          <For each={found()}>
            {(one) => (
              <li>
                <Checkbox
                  checked={props.chosen.includes(one.id)}
                  onChange={(event) => take(one.id, event.currentTarget.checked)}
                  label={one.conclusion}
                />
              </li>
            )}
          </For>
        </ul>
      )}
    </DataState>
  );
}
