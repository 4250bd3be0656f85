import Download from 'lucide-solid/icons/download';
import { For } from 'solid-js';
import { seriesColour } from '../../charts/series-colour.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { toCsv } from '../../ui/csv.ts';
import { saveFile } from '../../ui/save-file.ts';
import type { AnswerFieldsFragment, BudgetCurvesQuery } from './budget.generated.ts';
import { kpiText, moneyText } from './figures.ts';
import { PlanCurve } from './plan-curve.tsx';

type Channels = BudgetCurvesQuery['budgetCurves']['channels'];

function toFile(channels: Channels): string {
  const rows = channels.flatMap(({ name, seenUpTo, curve }) =>
    curve.spend.map((spend, index) => [
      name,
      spend,
      curve.mean[index]!,
      curve.low[index]!,
      curve.high[index]!,
      spend <= seenUpTo ? 'yes' : 'no',
    ]),
  );
  return toCsv(['channel', 'spend', 'brings', 'low', 'high', 'within_data'], rows);
}

/** What every channel brings for its money, with the points of now and of the plan. */
export function CurvesCard(props: { channels: Channels; answer: AnswerFieldsFragment }) {
  const planned = (name: string) => props.answer.channels.find((channel) => channel.name === name);
  return (
    <Card
      title="Response curves"
      hint="Ring: now. Dot: the plan. Band: 90 % interval. Hatched: beyond what the data has seen. The numbers stand in the table above and in the file."
      aside={
        <Button
          size="sm"
          onClick={() => saveFile('response-curves.csv', 'text/csv;charset=utf-8', toFile(props.channels))}
        >
          <Download size={13} aria-hidden="true" /> CSV
        </Button>
      }
    >
      <div class="grid gap-5 sm:grid-cols-2 2xl:grid-cols-3">
        <For each={props.channels}>
          {(channel, index) => (
            <PlanCurve
              name={channel.name}
              colour={seriesColour(index() % 8)}
              curve={channel.curve}
              seenUpTo={channel.seenUpTo}
              now={channel.current}
              plan={planned(channel.name)?.spend}
              spendText={(value) => moneyText(value, props.answer.currency)}
              kpiText={(value) => kpiText(value, props.answer)}
            />
          )}
        </For>
      </div>
    </Card>
  );
}
