import { createQuery } from '../../data/query.ts';
import { Warnings } from '../../runs/warnings.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { percent } from '../../ui/format.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { CompareBudgetPlansDocument, type CompareBudgetPlansQuery } from './budget.generated.ts';
import { intervalText, kpiText, moneyText } from './figures.ts';

type Comparison = CompareBudgetPlansQuery['compareBudgetPlans'];

interface Line {
  name: string;
  values: string[];
}

/** Money and outcome of every plan, then the spend of every channel. */
function linesOf({ plans, channels }: Comparison): Line[] {
  const each = (name: string, value: (answer: Comparison['plans'][number]['answer']) => string): Line => ({
    name,
    values: plans.map(({ answer }) => value(answer)),
  });
  return [
    each('Spend', (answer) => moneyText(answer.planned.spend, answer.currency)),
    each('Days', (answer) => String(answer.settings.horizonDays)),
    each('Media brings', (answer) => kpiText(answer.planned.response.mean, answer)),
    each('Gain over no change', (answer) => kpiText(answer.gain.mean, answer)),
    each('90 % interval', (answer) => intervalText(answer.gain, (value) => kpiText(value, answer))),
    each('Probability of a gain', (answer) => percent(answer.probabilityOfGain, 0)),
    ...channels.map(({ name, spends }) => ({
      name,
      values: spends.map((spend, index) => moneyText(spend, plans[index]!.answer.currency)),
    })),
  ];
}

function columnsOf({ plans }: Comparison): Column<Line>[] {
  return [
    { key: 'name', label: 'Figure', cell: (row) => row.name, class: 'font-semibold whitespace-nowrap' },
    ...plans.map((plan, index) => ({
      key: plan.id,
      label: plan.name,
      numeric: true,
      class: 'whitespace-nowrap',
      cell: (row: Line) => row.values[index],
    })),
  ];
}

/** Plans side by side. */
export function CompareDialog(props: { ids: string[] | null; onClose: () => void }) {
  const compared = createQuery(CompareBudgetPlansDocument, () => (props.ids ? { ids: props.ids } : null));
  return (
    <Dialog open={props.ids !== null} title="Plans compared" wide onClose={() => props.onClose()}>
      <DataState of={compared}>
        {(data) => (
          <div class="flex flex-col gap-3">
            <p class="text-sm">{data().compareBudgetPlans.conclusion}</p>
            <Warnings of={data().compareBudgetPlans.warnings} />
            <Table
              label="Plans side by side"
              columns={columnsOf(data().compareBudgetPlans)}
              rows={linesOf(data().compareBudgetPlans)}
            />
          </div>
        )}
      </DataState>
    </Dialog>
  );
}
