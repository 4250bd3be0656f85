import { A } from '@solidjs/router';
import { type JSX, Show, splitProps } from 'solid-js';
import { Spinner } from './spinner.tsx';

type Look = 'primary' | 'secondary' | 'ghost' | 'danger';

const base =
  'inline-flex items-center justify-center gap-1.5 rounded-control text-sm font-semibold whitespace-nowrap select-none transition-colors duration-100 disabled:opacity-55 aria-disabled:opacity-55';

const looks: Record<Look, string> = {
  primary:
    'bg-accent text-on-accent enabled:hover:bg-accent-hover [a&]:hover:bg-accent-hover border border-transparent',
  secondary: 'bg-panel text-ink border border-line hover:enabled:bg-hover [a&]:hover:bg-hover shadow-card',
  ghost: 'text-ink-2 border border-transparent hover:enabled:bg-hover hover:enabled:text-ink [a&]:hover:bg-hover',
  danger: 'bg-panel text-error border border-error hover:enabled:bg-error-soft',
};

const sizes = { md: 'h-[34px] px-3', sm: 'h-7 px-2.5 text-xs', icon: 'h-[34px] w-[34px]', 'icon-sm': 'h-7 w-7' };

interface Shape {
  look?: Look;
  size?: keyof typeof sizes;
}

function classes(props: Shape & { class?: string | undefined }): string {
  return `${base} ${looks[props.look ?? 'secondary']} ${sizes[props.size ?? 'md']} ${props.class ?? ''}`;
}

/** While `pending`, a spinner shows and clicks do nothing. */
export function Button(props: Shape & { pending?: boolean } & JSX.ButtonHTMLAttributes<HTMLButtonElement>) {
  const [own, rest] = splitProps(props, ['look', 'size', 'pending', 'class', 'children', 'disabled']);
  return (
    <button type="button" {...rest} class={classes(own)} disabled={own.disabled || own.pending} aria-busy={own.pending}>
      <Show when={own.pending}>
        <Spinner />
      </Show>
      {own.children}
    </button>
  );
}

/** A link that looks like a button. */
export function LinkButton(props: Shape & { href: string; class?: string; children: JSX.Element; title?: string }) {
  return (
    <A href={props.href} class={classes(props)} title={props.title}>
      {props.children}
    </A>
  );
}
