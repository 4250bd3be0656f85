import { Warnings } from '../../runs/warnings.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { toCsv } from '../../ui/csv.ts';
import { Facts } from '../../ui/facts.tsx';
import { percent, plural, words } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import type { ExperimentFieldsFragment } from './experiments.generated.ts';

type Design = NonNullable<ExperimentFieldsFragment['geoDesign']>;

function save(design: Design): void {
  const rows = [
    ...design.cells.flatMap(({ name, markets }) => markets.map((market) => [market, name])),
    ...design.controls.map((market) => [market, 'control']),
    ...design.untouched.map((market) => [market, 'untouched']),
  ];
  saveFile('markets.csv', 'text/csv;charset=utf-8', toCsv(['market', 'cell'], rows));
}

/** The markets of a geo experiment with their power on history. */
export function GeoDesignCard(props: { design: Design }) {
  return (
    <Card
      title="Markets"
      hint={`${words(props.design.method)}, ${plural(props.design.days, 'day')}`}
      aside={
        <Button size="sm" onClick={() => save(props.design)}>
          Save as CSV
        </Button>
      }
    >
      <div class="flex flex-col gap-3 text-sm">
        <p>{props.design.conclusion}</p>
        <Warnings of={props.design.warnings} />
        <Facts
          items={[
            ...props.design.cells.map(({ name, markets }): [string, string] => [name, markets.join(', ')]),
            ['Controls', props.design.controls.join(', ')],
            ['False positives on history', percent(props.design.power[0]?.falsePositiveRate ?? null)],
            [
              'Power by effect',
              (props.design.power[0]?.effects ?? [])
                .map(({ effect, power }) => `${percent(effect, 0)}: ${percent(power, 0)}`)
                .join(', '),
            ],
          ]}
        />
        <p class="text-xs text-ink-2">{props.design.assumptions.join(' ')}</p>
      </div>
    </Card>
  );
}
