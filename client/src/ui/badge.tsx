import { type JSX, Show } from 'solid-js';

export type Tone = 'ok' | 'info' | 'warn' | 'error' | 'neutral' | 'accent';

const tones: Record<Tone, string> = {
  ok: 'bg-ok-soft text-ok',
  info: 'bg-info-soft text-info',
  warn: 'bg-warn-soft text-warn',
  error: 'bg-error-soft text-error',
  accent: 'bg-accent-soft text-accent',
  neutral: 'bg-sunken text-ink-2',
};

const shapes: Record<Tone, string> = { ok: '✓', info: '●', warn: '▲', error: '✕', accent: '●', neutral: '○' };

/** A state in words, with a shape and a colour that say the same. */
export function Badge(props: { tone: Tone; shape?: boolean; busy?: boolean; children: JSX.Element; title?: string }) {
  return (
    <span
      class={`inline-flex h-[22px] items-center gap-1.5 rounded-full px-2 text-xs font-semibold whitespace-nowrap ${tones[props.tone]}`}
      title={props.title}
    >
      <Show when={props.shape !== false}>
        <Show
          when={props.busy}
          fallback={
            <span aria-hidden="true" class="text-[9px] leading-none">
              {shapes[props.tone]}
            </span>
          }
        >
          <span
            aria-hidden="true"
            class="size-2.5 animate-spin rounded-full border-2 border-current border-r-transparent"
          />
        </Show>
      </Show>
      <span>{props.children}</span>
    </span>
  );
}
