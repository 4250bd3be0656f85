import { For } from 'solid-js';
import { seriesColour } from '../../charts/series-colour.ts';
import { FigureCard, type FigureField } from '../../ui/figure-card.tsx';
import { compact, money } from '../../ui/format.ts';
import type { AnswerFieldsFragment, BudgetCurvesQuery } from './budget.generated.ts';
import { kpiText, moneyText } from './figures.ts';
import { PlanCurve } from './plan-curve.tsx';

type Channels = BudgetCurvesQuery['budgetCurves']['channels'];

interface Row {
  channel: string;
  spend: number;
  mean: number;
  low: number;
  high: number;
  within: string;
}

function rowsOf(channels: Channels): Row[] {
  return channels.flatMap(({ name, seenUpTo, curve }) =>
    curve.spend.map((spend, index) => ({
      channel: name,
      spend,
      mean: curve.mean[index]!,
      low: curve.low[index]!,
      high: curve.high[index]!,
      within: spend <= seenUpTo ? 'yes' : 'no',
    })),
  );
}

function fieldsOf(answer: AnswerFieldsFragment): FigureField<Row>[] {
  const brought = (value: number | null): string => kpiText(value, answer);
  return [
    { key: 'channel', label: 'Channel', read: (row) => row.channel },
    { key: 'spend', label: 'Spend', read: (row) => row.spend, show: (value) => moneyText(value, answer.currency) },
    { key: 'brings', label: 'Brings', read: (row) => row.mean, show: brought },
    { key: 'low', label: 'From', read: (row) => row.low, show: brought },
    { key: 'high', label: 'To', read: (row) => row.high, show: brought },
    { key: 'within_data', label: 'Within the data', read: (row) => row.within },
  ];
}

/** What every channel brings for its money, with the points of now and of the plan. */
export function CurvesCard(props: { channels: Channels; answer: AnswerFieldsFragment }) {
  const planned = (name: string) => props.answer.channels.find((channel) => channel.name === name);
  const spendTick = (value: number): string => money(value, props.answer.currency, 'compact');
  return (
    <FigureCard
      title="Response curves"
      hint="Ring: now. Dot: the plan. Band: 90 % interval. Hatched: beyond what the data has seen."
      file="response-curves"
      rows={rowsOf(props.channels)}
      fields={fieldsOf(props.answer)}
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
              spendTick={spendTick}
              kpiTick={props.answer.kpi === 'REVENUE' ? spendTick : compact}
            />
          )}
        </For>
      </div>
    </FigureCard>
  );
}
