import { createQuery } from '../../data/query.ts';
import { Warnings } from '../../runs/warnings.tsx';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { FigureCard, type FigureField } from '../../ui/figure-card.tsx';
import { percent } from '../../ui/format.ts';
import { CompareModelVersionsDocument, type CompareModelVersionsQuery } from './models.generated.ts';

type Comparison = CompareModelVersionsQuery['compareModelVersions'];

interface Row {
  name: string;
  errors: (number | null)[];
}

function rowsOf({ versions }: Comparison): Row[] {
  const folds = versions[0]?.folds ?? [];
  return [
    ...folds.map(({ from, to }, fold) => ({
      name: `${from} to ${to}`,
      errors: versions.map((version) => version.folds[fold]?.metrics.weightedError ?? null),
    })),
    { name: 'All folds', errors: versions.map(({ metrics }) => metrics?.weightedError ?? null) },
    { name: 'Coverage of 90 % intervals', errors: versions.map(({ metrics }) => metrics?.coverage ?? null) },
  ];
}

function fieldsOf({ versions }: Comparison): FigureField<Row>[] {
  return [
    { key: 'fold', label: 'wMAPE in', read: (row) => row.name },
    ...versions.map(({ number }, index) => ({
      key: `v${number}`,
      label: `v${number}`,
      read: (row: Row) => row.errors[index] ?? null,
      show: (value: number | null) => percent(value),
    })),
  ];
}

/** Versions side by side, fold by fold. */
export function ComparisonCard(props: { ids: string[] }) {
  const compared = createQuery(CompareModelVersionsDocument, () => ({ ids: props.ids }));
  return (
    <DataState of={compared}>
      {(data) => (
        <div class="flex flex-col gap-4">
          <Card title="Which foretells better?">
            <div class="flex flex-col gap-2">
              <p class="text-sm">{data().compareModelVersions.conclusion}</p>
              <Warnings of={data().compareModelVersions.warnings} />
            </div>
          </Card>
          <FigureCard
            title="Errors on the same folds"
            file="model-versions"
            rows={rowsOf(data().compareModelVersions)}
            fields={fieldsOf(data().compareModelVersions)}
          />
        </div>
      )}
    </DataState>
  );
}
