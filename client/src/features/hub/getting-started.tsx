import CircleCheck from 'lucide-solid/icons/circle-check';
import Circle from 'lucide-solid/icons/circle';
import { For, Show } from 'solid-js';
import { may } from '../../data/session.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { HubStartQuery } from './hub.generated.ts';

interface Step {
  done: boolean;
  title: string;
  text: string;
  href: string;
  action: string;
}

/** The three steps from nothing to an answer. */
export function stepsOf(start: HubStartQuery): Step[] {
  return [
    {
      done: start.connections.totalCount > 0,
      title: 'Give LiftOS data',
      text: 'Upload customer journeys or daily figures as CSV, or connect generated mock data to look around.',
      href: '/connections/new',
      action: 'Connect data',
    },
    {
      done: start.dataExtent.journeys + start.dataExtent.records + start.dataExtent.items > 0,
      title: 'Watch it arrive',
      text: 'Progress, refused rows and what is stored show live while a sync runs.',
      href: '/connections',
      action: 'See connections',
    },
    {
      done: start.attributionRuns.edges.length > 0,
      title: 'Ask what caused it',
      text: 'Seven attribution models, from last touch to Markov and Shapley, on the same journeys.',
      href: '/attribution',
      action: 'Run attribution',
    },
  ];
}

/** A checklist that goes away when it is done. */
export function GettingStarted(props: { start: HubStartQuery }) {
  const steps = () => stepsOf(props.start);
  const next = () => steps().findIndex((step) => !step.done);
  return (
    <Card title="Getting started" hint={`${steps().filter((step) => step.done).length} of 3 done`}>
      <ol class="grid grid-cols-1 gap-3 md:grid-cols-3">
        <For each={steps()}>
          {(step, index) => (
            <li
              class={`flex flex-col items-start gap-1.5 rounded-card border p-4 ${index() === next() ? 'border-accent/50 bg-accent-soft/50' : 'border-line-soft'}`}
            >
              <p class="flex items-center gap-2 font-semibold">
                <Show when={step.done} fallback={<Circle size={17} class="text-ink-2" aria-hidden="true" />}>
                  <CircleCheck size={17} class="text-ok" aria-hidden="true" />
                </Show>
                {step.title}
                <span class="sr-only">{step.done ? '(done)' : '(open)'}</span>
              </p>
              <p class="flex-1 text-sm text-ink-2">{step.text}</p>
              <Show when={index() === next() && may('connections:write')}>
                <div class="mt-1">
                  <LinkButton look="primary" href={step.href}>
                    {step.action}
                  </LinkButton>
                </div>
              </Show>
            </li>
          )}
        </For>
      </ol>
    </Card>
  );
}
