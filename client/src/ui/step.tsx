import { type JSX, createUniqueId } from 'solid-js';

/** A numbered part of a longer form. */
export function Step(props: { number: number; title: string; hint?: string; children: JSX.Element }) {
  const id = createUniqueId();
  return (
    <section class="card flex gap-4 p-4 sm:p-5" aria-labelledby={id}>
      <span
        aria-hidden="true"
        class="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-sm font-bold text-accent max-sm:hidden"
      >
        {props.number}
      </span>
      <div class="min-w-0 flex-1">
        <h2 id={id} class="text-base font-semibold">
          {props.title}
        </h2>
        {props.hint && <p class="text-sm text-ink-2">{props.hint}</p>}
        <div class="mt-3">{props.children}</div>
      </div>
    </section>
  );
}
