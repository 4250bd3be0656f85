import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import { Show, createSignal } from 'solid-js';
import { IconButton } from './icon-button.tsx';

/** Puts a text on the clipboard and shows for a moment that it did. */
export function CopyButton(props: { text: string; label?: string }) {
  const [done, setDone] = createSignal(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(props.text);
    setDone(true);
    setTimeout(() => setDone(false), 1_500);
  };
  return (
    <IconButton label={done() ? 'Copied' : (props.label ?? 'Copy')} size="icon-sm" onClick={() => void copy()}>
      <Show when={done()} fallback={<Copy size={14} />}>
        <Check size={14} class="text-ok" />
      </Show>
    </IconButton>
  );
}
