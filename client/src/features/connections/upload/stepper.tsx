import { For } from 'solid-js';

const names = ['File', 'Columns', 'Check', 'Import'];

/** Where in the wizard one is. */
export function Stepper(props: { current: number }) {
  return (
    <ol class="flex items-center gap-1 text-sm" aria-label="Steps">
      <For each={names}>
        {(name, index) => (
          <li class="flex items-center gap-1" aria-current={index() === props.current ? 'step' : undefined}>
            <span
              class={`grid size-6 place-items-center rounded-full text-xs font-semibold ${index() < props.current ? 'bg-ok-soft text-ok' : index() === props.current ? 'bg-accent text-on-accent' : 'bg-sunken text-ink-2'}`}
            >
              {index() < props.current ? '✓' : index() + 1}
            </span>
            <span class={`px-1 ${index() === props.current ? 'font-semibold' : 'text-ink-2 max-sm:sr-only'}`}>
              {name}
            </span>
            <span
              aria-hidden="true"
              class="mr-1 h-px w-4 bg-line sm:w-8"
              classList={{ hidden: index() === names.length - 1 }}
            />
          </li>
        )}
      </For>
    </ol>
  );
}
