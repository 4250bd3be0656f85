import { onCleanup } from 'solid-js';
import { singleKeys } from '../../data/preferences.ts';
import { makeKeySequence } from './key-sequence.ts';

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]')
  );
}

/** Runs commands by key while the caller lives. Typing, open dialogs and modifiers other than Ctrl or ⌘ K are left alone. */
export function useShortcuts(commands: Record<string, () => void>, openPalette: () => void): void {
  const recognise = makeKeySequence(new Set(Object.keys(commands)));
  const listen = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      openPalette();
      return;
    }
    const busy =
      event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('dialog[open]');
    if (busy || !singleKeys()) return;
    const found = recognise({ key: event.key, at: event.timeStamp });
    if (!found) return;
    event.preventDefault();
    commands[found]?.();
  };
  addEventListener('keydown', listen);
  onCleanup(() => removeEventListener('keydown', listen));
}
