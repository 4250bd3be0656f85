import { For, Show } from 'solid-js';
import { useQuery } from '../../data/url.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
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
  return (
    <div class="flex flex-wrap items-center gap-2">
      <FilterChips
        label="States"
        options={allStates.map((value) => ({ value, label: jobStates[value].label }))}
        chosen={props.filter.states()}
        onChange={(states) => props.filter.set({ state: states.join('.') || null })}
      />
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
