import { type JSX, createSignal, createUniqueId, onCleanup } from 'solid-js';

/** A button with a panel under it. Escape and a click outside close it; the focus returns to the button. */
export function Popover(props: {
  label: string;
  trigger: JSX.Element;
  class?: string;
  align?: 'start' | 'end';
  children: (close: () => void) => JSX.Element;
}) {
  const id = createUniqueId();
  const [open, setOpen] = createSignal(false);
  let button!: HTMLButtonElement;
  let root!: HTMLDivElement;
  const close = (): void => {
    if (!open()) return;
    setOpen(false);
    button.focus();
  };
  const outside = (event: PointerEvent): void => {
    if (!root.contains(event.target as Node)) setOpen(false);
  };
  document.addEventListener('pointerdown', outside);
  onCleanup(() => document.removeEventListener('pointerdown', outside));
  return (
    <div ref={(found) => (root = found)} class="relative" onKeyDown={(event) => event.key === 'Escape' && close()}>
      <button
        ref={(found) => (button = found)}
        type="button"
        class={props.class}
        aria-label={props.label}
        aria-expanded={open()}
        aria-controls={open() ? id : undefined}
        onClick={() => setOpen((now) => !now)}
      >
        {props.trigger}
      </button>
      <div
        id={id}
        role="group"
        aria-label={props.label}
        class={`absolute top-full z-40 mt-1.5 min-w-52 rounded-[10px] bg-raised p-1.5 shadow-raised ${props.align === 'start' ? 'left-0' : 'right-0'}`}
        hidden={!open()}
      >
        {open() && props.children(close)}
      </div>
    </div>
  );
}

export const menuItem =
  'flex w-full items-center gap-2.5 rounded-control px-2.5 h-[34px] text-sm text-left text-ink hover:bg-hover';
