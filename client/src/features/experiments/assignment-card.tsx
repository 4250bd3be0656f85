import { Show, createSignal } from 'solid-js';
import { createAction, fetchOnce } from '../../data/query.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { toCsv } from '../../ui/csv.ts';
import { integer, plural } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { Table } from '../../ui/table.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { figureColumn } from '../../ui/figure-column.ts';
import { readUnits } from './read-units.ts';
import {
  ExperimentAssignmentDocument,
  type ExperimentAssignmentQuery,
  type ExperimentFieldsFragment,
} from './experiments.generated.ts';

type Assigned = ExperimentAssignmentQuery['experimentAssignment'];

function Summary(props: { units: Assigned; name: string }) {
  const counts = () =>
    [...new Set(props.units.map(({ arm }) => arm))].map((arm) => ({
      arm,
      count: props.units.filter((unit) => unit.arm === arm).length,
    }));
  const save = (): void => {
    const rows = props.units.map(({ unit, stratum, arm, bucket }) => [unit, stratum, arm, bucket]);
    saveFile(`${props.name}.csv`, 'text/csv;charset=utf-8', toCsv(['unit', 'stratum', 'arm', 'bucket'], rows));
  };
  return (
    <div class="flex flex-col gap-3" role="status">
      <Table
        label="Units per arm"
        rows={counts()}
        columns={[
          { key: 'arm', label: 'Arm', cell: (row) => row.arm, value: (row) => row.arm, class: 'font-semibold' },
          figureColumn<{ arm: string; count: number }>('count', 'Units', (row) => row.count, integer),
        ]}
      />
      <div>
        <Button onClick={save}>Save {plural(props.units.length, 'unit')} as CSV</Button>
      </div>
    </div>
  );
}

/** Puts units into arms, and says how anybody can do it alike. */
export function AssignmentCard(props: { experiment: ExperimentFieldsFragment }) {
  const [text, setText] = createSignal('');
  const [units, setUnits] = createSignal<Assigned>();
  const assign = createAction(async () => {
    const variables = { id: props.experiment.id, ...readUnits(text()) };
    setUnits((await fetchOnce(ExperimentAssignmentDocument, variables)).experimentAssignment);
  });
  return (
    <Card title="Assignment" hint="The same unit always comes into the same arm.">
      <div class="flex flex-col gap-4">
        <div class="rounded-control bg-sunken p-3 text-sm">
          <p>
            A shop or an app can assign by itself: take the first 13 hexadecimal digits of SHA-256 over{' '}
            <code>salt:unit</code>, divide by 16¹³, and find the arm on the shares laid end to end.
          </p>
          <p class="mt-2 flex items-center gap-1">
            Salt <code>{props.experiment.salt}</code>
            <CopyButton text={props.experiment.salt} label="Copy the salt" />
          </p>
        </div>
        <details>
          <summary class="w-fit text-sm font-semibold text-ink-2 hover:text-ink">Assign a list</summary>
          <div class="mt-3 flex flex-col gap-3">
            <TextArea
              label="Units, one a line"
              hint="With a second column after a comma, units are dealt out evenly within each of its values. At most 10,000."
              rows={5}
              value={text()}
              onInput={(event) => setText(event.currentTarget.value)}
            />
            <Show when={assign.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
            <div>
              <Button pending={assign.pending()} disabled={text().trim() === ''} onClick={() => void assign.run()}>
                Assign
              </Button>
            </div>
            <Show when={units()}>
              {(found) => <Summary units={found()} name={`assignment-${props.experiment.id.slice(-6)}`} />}
            </Show>
          </div>
        </details>
      </div>
    </Card>
  );
}
