import X from 'lucide-solid/icons/x';
import { For, Show, createSignal } from 'solid-js';
import { IconButton } from './icon-button.tsx';

interface Toast {
  id: number;
  tone: 'ok' | 'error';
  text: string;
}

const [toasts, setToasts] = createSignal<Toast[]>([]);
let count = 0;

function dismiss(id: number): void {
  setToasts((list) => list.filter((toast) => toast.id !== id));
}

/** Says briefly that something worked. Errors stay until dismissed. */
export function toast(text: string, tone: Toast['tone'] = 'ok'): void {
  const id = ++count;
  setToasts((list) => [...list, { id, tone, text }].slice(-4));
  if (tone === 'ok') setTimeout(() => dismiss(id), 6_000);
}

/** Where toasts appear; stands once in the shell. */
export function Toasts() {
  return (
    <>
      <div role="status" aria-live="polite" class="sr-only">
        {toasts().findLast((toast) => toast.tone === 'ok')?.text}
      </div>
      <div role="alert" class="sr-only">
        {toasts().findLast((toast) => toast.tone === 'error')?.text}
      </div>
      <Show when={toasts().length > 0}>
        <ul class="fixed right-4 bottom-4 z-50 flex w-80 max-w-[calc(100vw-32px)] flex-col gap-2" aria-label="Messages">
          <For each={toasts()}>
            {(toast) => (
              <li class="flex animate-[appear_150ms] items-center gap-2 rounded-[10px] bg-raised py-1.5 pr-1.5 pl-3 text-sm shadow-raised">
                <span aria-hidden="true" class={toast.tone === 'ok' ? 'text-ok' : 'text-error'}>
                  {toast.tone === 'ok' ? '✓' : '✕'}
                </span>
                <span class="min-w-0 flex-1">{toast.text}</span>
                <IconButton label="Dismiss" size="icon-sm" onClick={() => dismiss(toast.id)}>
                  <X size={14} />
                </IconButton>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}
