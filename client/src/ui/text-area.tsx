import { type JSX, Show, createUniqueId, splitProps } from 'solid-js';

/** A labelled text over several lines, e.g. a key. */
export function TextArea(
  props: {
    label: string;
    hint?: JSX.Element;
    error?: string | undefined;
  } & JSX.TextareaHTMLAttributes<HTMLTextAreaElement>,
) {
  const [own, rest] = splitProps(props, ['label', 'hint', 'error', 'class']);
  const id = createUniqueId();
  const note = () => own.error ?? own.hint;
  return (
    <div class={`flex min-w-0 flex-col gap-1 ${own.class ?? ''}`}>
      <label for={id} class="text-xs font-semibold text-ink-2">
        {own.label}
      </label>
      <textarea
        rows={5}
        {...rest}
        id={id}
        class="control h-auto w-full py-2 font-mono text-xs"
        aria-invalid={own.error ? 'true' : undefined}
        aria-describedby={note() ? `${id}-note` : undefined}
      />
      <Show when={note()}>
        <p id={`${id}-note`} class={`text-xs ${own.error ? 'text-error' : 'text-ink-2'}`}>
          {note()}
        </p>
      </Show>
    </div>
  );
}
