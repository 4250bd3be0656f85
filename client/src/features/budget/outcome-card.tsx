import { Show } from 'solid-js';
import { Warnings } from '../../runs/warnings.tsx';
import { Card } from '../../ui/card.tsx';
import { change, percent } from '../../ui/format.ts';
import type { AnswerFieldsFragment } from './budget.generated.ts';
import { intervalText, kpiText, moneyText } from './figures.ts';

function Figure(props: { label: string; value: string; below: string }) {
  return (
    <div class="min-w-0">
      <dt class="text-xs font-semibold text-ink-2">{props.label}</dt>
      <dd class="tabular text-xl font-semibold tracking-[-0.01em]">{props.value}</dd>
      <dd class="tabular text-xs text-ink-2">{props.below}</dd>
    </div>
  );
}

/** What the plan comes down to, beside no change. */
export function OutcomeCard(props: { answer: AnswerFieldsFragment }) {
  const spend = (value: number): string => moneyText(value, props.answer.currency);
  const brought = (value: number): string => kpiText(value, props.answer);
  const gain = () => props.answer.gain;
  const saved = () => props.answer.unchanged.spend - props.answer.planned.spend;
  return (
    <Card>
      <div class="flex flex-col gap-3">
        <dl class="grid grid-cols-2 gap-4 lg:grid-cols-4">
          <Figure
            label="Spend"
            value={spend(props.answer.planned.spend)}
            below={`now ${spend(props.answer.unchanged.spend)} (${change(props.answer.planned.spend, props.answer.unchanged.spend)})`}
          />
          <Figure
            label="Media brings"
            value={brought(props.answer.planned.response.mean)}
            below={`now ${brought(props.answer.unchanged.response.mean)} (${change(props.answer.planned.response.mean, props.answer.unchanged.response.mean)})`}
          />
          <Show
            when={props.answer.settings.goal === 'MINIMISE_BUDGET'}
            fallback={
              <Figure
                label="Expected gain"
                value={`${gain().mean > 0 ? '+' : ''}${brought(gain().mean)}`}
                below={`90 % interval ${intervalText(gain(), brought)}`}
              />
            }
          >
            <Figure
              label={saved() < 0 ? 'More to spend' : 'Saved'}
              value={spend(Math.abs(saved()))}
              below={`media brings ${gain().mean > 0 ? '+' : ''}${brought(gain().mean)}, 90 % interval ${intervalText(gain(), brought)}`}
            />
          </Show>
          <Figure
            label="Probability of a gain"
            value={percent(props.answer.probabilityOfGain, 0)}
            below="over no change, as far as the model knows"
          />
        </dl>
        <p class="text-sm">{props.answer.conclusion}</p>
        <Warnings of={props.answer.warnings} />
      </div>
    </Card>
  );
}
