import { type JSX, Show, createUniqueId, splitProps } from 'solid-js';

interface FieldProps {
  label: string;
  hint?: JSX.Element;
  error?: string | undefined;
  class?: string;
  /** Keeps the label for screen readers only. */
  quiet?: boolean;
}

const ownKeys = ['label', 'hint', 'error', 'class', 'quiet'] as const;

function Frame(props: FieldProps & { id: string; children: JSX.Element }) {
  return (
    <div class={`flex min-w-0 flex-col gap-1 ${props.class ?? ''}`}>
      <label for={props.id} class={props.quiet ? 'sr-only' : 'text-xs font-semibold text-ink-2'}>
        {props.label}
      </label>
      {props.children}
      <Show when={props.error}>
        <p id={`${props.id}-error`} class="text-xs text-error">
          {props.error}
        </p>
      </Show>
      <Show when={props.hint && !props.error}>
        <p id={`${props.id}-hint`} class="text-xs text-ink-2">
          {props.hint}
        </p>
      </Show>
    </div>
  );
}

function described(id: string, props: FieldProps): string | undefined {
  if (props.error) return `${id}-error`;
  return props.hint ? `${id}-hint` : undefined;
}

/** A labelled input with its hint or error. */
export function TextField(props: FieldProps & JSX.InputHTMLAttributes<HTMLInputElement>) {
  const [own, rest] = splitProps(props, ownKeys);
  const id = createUniqueId();
  return (
    <Frame {...own} id={id}>
      <input
        type="text"
        {...rest}
        id={id}
        class="control w-full file:mr-3 file:font-semibold [&[type=file]]:py-1.5"
        aria-invalid={own.error ? 'true' : undefined}
        aria-describedby={described(id, own)}
      />
    </Frame>
  );
}

/** A labelled native select. */
export function SelectField(props: FieldProps & JSX.SelectHTMLAttributes<HTMLSelectElement>) {
  const [own, rest] = splitProps(props, ownKeys);
  const id = createUniqueId();
  return (
    <Frame {...own} id={id}>
      <select {...rest} id={id} class="control w-full pr-7" aria-describedby={described(id, own)} />
    </Frame>
  );
}

/** A labelled checkbox; the label is part of the target. */
export function Checkbox(props: { label: JSX.Element } & JSX.InputHTMLAttributes<HTMLInputElement>) {
  const [own, rest] = splitProps(props, ['label', 'class']);
  return (
    <label class={`inline-flex min-h-6 cursor-pointer items-center gap-2 text-sm ${own.class ?? ''}`}>
      <input type="checkbox" {...rest} class="size-4 shrink-0 accent-[var(--accent)]" />
      <span>{own.label}</span>
    </label>
  );
}
