import { A } from '@solidjs/router';
import { For } from 'solid-js';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { words } from '../../ui/format.ts';
import { days } from '../../ui/time.tsx';
import type { AnswerFieldsFragment } from './budget.generated.ts';

const goalNames = {
  MAXIMISE_KPI: 'Most for a budget',
  MINIMISE_BUDGET: 'Least money for a goal',
  TARGET_MARGINAL_RETURN: 'To a return of the next unit',
} as const;

/** Where the plan comes from and what it takes for granted. */
export function ComputedCard(props: { answer: AnswerFieldsFragment }) {
  const inputs = () => props.answer.inputs;
  return (
    <Card title="How was this computed?">
      <div class="flex flex-col gap-4">
        <Facts
          items={[
            ['Goal', goalNames[props.answer.settings.goal]],
            ['Days ahead', String(props.answer.settings.horizonDays)],
            ['Learned from', days(inputs().firstDate, inputs().lastDate)],
            ['Sources', inputs().sourceKinds.map(words).join(', ')],
            ['Model', <code class="font-mono text-xs">{inputs().modelCodeVersion}</code>],
            ['Planner', <code class="font-mono text-xs">{props.answer.codeVersion}</code>],
            [
              'Data hash',
              <span class="flex items-center gap-1">
                <code class="truncate font-mono text-xs" title={inputs().dataHash}>
                  {inputs().dataHash.slice(0, 16)}…
                </code>
                <CopyButton text={inputs().dataHash} label="Copy data hash" />
              </span>,
            ],
          ]}
        />
        <div>
          <h3 class="text-xs font-semibold text-ink-2">Method</h3>
          <p class="mt-1 text-sm">
            Money climbs the concave hulls of all response curves at once, best next unit first; then single amounts are
            exchanged between channels while that gains anything. The interval repeats the same spends on every kept
            draw of the posterior.
          </p>
        </div>
        <div>
          <h3 class="text-xs font-semibold text-ink-2">Assumptions</h3>
          <ul class="mt-1 list-disc pl-5 text-sm">
            <For each={props.answer.assumptions}>{(text) => <li>{text}</li>}</For>
          </ul>
        </div>
        <A href="/models" class="text-sm text-accent underline underline-offset-2">
          Models and their versions
        </A>
      </div>
    </Card>
  );
}
