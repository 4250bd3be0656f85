import CircleAlert from 'lucide-solid/icons/circle-alert';
import Info from 'lucide-solid/icons/info';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';

const looks = {
  info: { icon: Info, class: 'border-info/30 bg-info-soft text-info' },
  warn: { icon: TriangleAlert, class: 'border-warn/30 bg-warn-soft text-warn' },
  error: { icon: CircleAlert, class: 'border-error/30 bg-error-soft text-error' },
};

/** A message that stays where it is. Errors are announced. */
export function Banner(props: { tone: keyof typeof looks; actions?: JSX.Element; children: JSX.Element }) {
  return (
    <div
      role={props.tone === 'error' ? 'alert' : undefined}
      class={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card border px-3 py-2 text-sm ${looks[props.tone].class}`}
    >
      <Dynamic component={looks[props.tone].icon} size={16} class="mt-0.5 shrink-0 self-start" aria-hidden="true" />
      <div class="min-w-0 flex-1 text-ink">{props.children}</div>
      <Show when={props.actions}>{props.actions}</Show>
    </div>
  );
}
