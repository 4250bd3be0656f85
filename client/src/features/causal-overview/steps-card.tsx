import CircleCheck from 'lucide-solid/icons/circle-check';
import Circle from 'lucide-solid/icons/circle';
import { For, Show } from 'solid-js';
import { may } from '../../data/session.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Step, stepsOf } from './next-steps.ts';
import type { CausalOverviewQuery } from './overview.generated.ts';

function Mark(props: { step: Step; next: boolean }) {
  return (
    <li
      class={`flex items-center gap-2 rounded-control px-2 py-1.5 text-sm ${props.next ? 'bg-accent-soft font-semibold' : ''}`}
      aria-current={props.next ? 'step' : undefined}
    >
      <Show when={props.step.done} fallback={<Circle size={16} class="shrink-0 text-ink-2" aria-hidden="true" />}>
        <CircleCheck size={16} class="shrink-0 text-ok" aria-hidden="true" />
      </Show>
      <span>{props.step.title}</span>
      <span class="sr-only">{props.step.done ? '(done)' : '(open)'}</span>
    </li>
  );
}

/** What to do next on the way from data to a decision. */
export function StepsCard(props: { found: CausalOverviewQuery }) {
  const steps = () => stepsOf(props.found);
  const next = () => steps().find((step) => !step.done);
  const done = () => steps().filter((step) => step.done).length;
  return (
    <Card title="What to do next" hint={`${done()} of ${steps().length} done`}>
      <div class="flex flex-col gap-4">
        <ol class="grid grid-cols-1 gap-x-4 gap-y-1 sm:grid-cols-2 lg:grid-cols-4">
          <For each={steps()}>{(step) => <Mark step={step} next={step.title === next()?.title} />}</For>
        </ol>
        <Show
          when={next()}
          fallback={<p class="text-sm">All of it is done once; new data and experiments make it better.</p>}
        >
          {(step) => (
            <div class="flex flex-wrap items-center gap-3">
              <p class="min-w-0 flex-1 basis-60 text-sm">
                <strong>{step().title}.</strong> {step().text}
              </p>
              <Show when={may('causal:run')}>
                <LinkButton look="primary" href={step().href}>
                  {step().action}
                </LinkButton>
              </Show>
            </div>
          )}
        </Show>
      </div>
    </Card>
  );
}
