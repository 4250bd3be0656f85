import { For, Show } from 'solid-js';
import { useQuery } from '../../data/url.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { allStates, jobStates, readStates } from './job-states.ts';

/** Which jobs are asked for, in the address. */
export function createJobFilter() {
  const url = useQuery();
  const states = () => readStates(url.get('state'));
  const type = () => url.get('type') ?? '';
  const subject = () => url.get('subject') ?? '';
  return {
    states,
    type,
    subject,
    active: () => states().length > 0 || type() !== '' || subject() !== '',
    after: () => url.get('after') ?? null,
    set: (values: Record<string, string | null>) => url.set({ after: null, ...values }, true),
    goTo: (after: string | null) => url.set({ after }, true),
    input: () => ({
      ...(states().length > 0 ? { states: states() } : {}),
      ...(type() ? { type: type() } : {}),
      ...(subject() ? { subjectId: subject() } : {}),
    }),
  };
}

export type JobFilter = ReturnType<typeof createJobFilter>;

/** The ways to narrow the list. */
export function JobFilters(props: { filter: JobFilter; types: string[] }) {
  const toggle = (state: string): void => {
    const now = new Set<string>(props.filter.states());
    if (!now.delete(state)) now.add(state);
    props.filter.set({ state: now.size > 0 ? [...now].join('.') : null });
  };
  return (
    <div class="flex flex-wrap items-center gap-2">
      <div role="group" aria-label="States" class="flex flex-wrap gap-1">
        <For each={allStates}>
          {(state) => (
            <button
              type="button"
              aria-pressed={props.filter.states().includes(state)}
              class="h-[30px] rounded-full border border-line px-3 text-xs font-semibold text-ink-2 hover:bg-hover aria-pressed:border-accent/60 aria-pressed:bg-accent-soft aria-pressed:text-ink"
              onClick={() => toggle(state)}
            >
              {jobStates[state].label}
            </button>
          )}
        </For>
      </div>
      <SelectField
        label="Type"
        quiet
        value={props.filter.type()}
        onChange={(event) => props.filter.set({ type: event.currentTarget.value || null })}
      >
        <option value="">Every type</option>
        <For each={[...new Set([...props.types, ...(props.filter.type() ? [props.filter.type()] : [])])]}>
          {(type) => (
            <option value={type} selected={type === props.filter.type()}>
              {type}
            </option>
          )}
        </For>
      </SelectField>
      <Show when={props.filter.active()}>
        <Button look="ghost" size="sm" onClick={() => props.filter.set({ state: null, type: null, subject: null })}>
          Clear filters
        </Button>
      </Show>
    </div>
  );
}
