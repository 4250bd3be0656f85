import { For, Show } from 'solid-js';
import { duration } from '../../../ui/format.ts';
import { Spinner } from '../../../ui/spinner.tsx';
import type { TestFieldsFragment, TestStepName } from './access.generated.ts';

const names: Record<TestStepName, string> = {
  CONNECTIVITY: 'The platform can be reached',
  AUTHENTICATION: 'It lets us in',
  PERMISSIONS: 'It granted what is needed',
  ACCOUNTS: 'There is an account to read',
  EXTRACTION: 'A page of data can be read',
};

type Step = TestFieldsFragment['steps'][number];

function Mark(props: { step: Step | undefined; pending: boolean }) {
  return (
    <span
      aria-hidden="true"
      class={`grid size-5 shrink-0 place-items-center rounded-full text-xs font-bold ${
        props.step ? (props.step.ok ? 'bg-ok-soft text-ok' : 'bg-error-soft text-error') : 'bg-sunken text-ink-2'
      }`}
    >
      <Show when={!props.pending} fallback={<Spinner />}>
        {props.step ? (props.step.ok ? '✓' : '✕') : '·'}
      </Show>
    </span>
  );
}

/** The steps of a test: what worked, where it stopped, and what to do there. */
export function TestSteps(props: { test: TestFieldsFragment | undefined; pending: boolean }) {
  const stepOf = (name: TestStepName) =>
    props.pending ? undefined : props.test?.steps.find((step) => step.name === name);
  return (
    <ol class="flex flex-col gap-2 text-sm" aria-label="Steps of the test" aria-busy={props.pending} aria-live="polite">
      <For each={Object.keys(names) as TestStepName[]}>
        {(name) => (
          <li class="flex gap-2.5">
            <Mark step={stepOf(name)} pending={props.pending} />
            <div class="min-w-0 flex-1">
              <span class={stepOf(name) || props.pending ? '' : 'text-ink-2'}>{names[name]}</span>
              <Show when={stepOf(name)}>
                {(step) => (
                  <>
                    <span class="sr-only">{step().ok ? ': yes' : ': no'}</span>
                    <span class="tabular text-xs text-ink-2"> {duration(step().milliseconds)}</span>
                    <span class={`block ${step().ok ? 'text-ink-2' : 'text-error'}`}>{step().message}</span>
                    <Show when={step().hint}>
                      <span class="block">{step().hint}</span>
                    </Show>
                  </>
                )}
              </Show>
            </div>
          </li>
        )}
      </For>
    </ol>
  );
}
