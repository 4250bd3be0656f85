import X from 'lucide-solid/icons/x';
import { type JSX, Show, createEffect, createUniqueId, on } from 'solid-js';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

/** A native modal dialog: the browser keeps the focus inside and gives it back. */
export function Dialog(props: {
  open: boolean;
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: JSX.Element;
  footer?: JSX.Element;
}) {
  const id = createUniqueId();
  let element!: HTMLDialogElement;
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (open && !element.open) element.showModal();
        if (!open && element.open) element.close();
      },
    ),
  );
  return (
    <dialog
      ref={(found) => (element = found)}
      aria-labelledby={id}
      class={`m-auto max-h-[86dvh] w-[calc(100vw-32px)] overflow-hidden rounded-[12px] bg-raised p-0 text-ink shadow-raised ${props.wide ? 'max-w-3xl' : 'max-w-md'}`}
      onClose={() => props.onClose()}
      onClick={(event) => event.target === element && props.onClose()}
    >
      <Show when={props.open}>
        <div class="flex max-h-[86dvh] flex-col">
          <header class="flex items-center gap-2 border-b border-line-soft py-2 pr-2 pl-4">
            <h2 id={id} class="flex-1 text-base font-semibold">
              {props.title}
            </h2>
            <IconButton label="Close" onClick={() => props.onClose()}>
              <X size={16} />
            </IconButton>
          </header>
          <div class="overflow-y-auto p-4">{props.children}</div>
          <Show when={props.footer}>
            <footer class="flex flex-wrap justify-end gap-2 border-t border-line-soft px-4 py-3">{props.footer}</footer>
          </Show>
        </div>
      </Show>
    </dialog>
  );
}

/** Asks before something is done that cannot be taken back. Cancel has the focus. */
export function ConfirmDialog(props: {
  open: boolean;
  title: string;
  confirm: string;
  pending?: boolean;
  disabled?: boolean;
  error?: string | undefined;
  onConfirm: () => void;
  onClose: () => void;
  children: JSX.Element;
}) {
  return (
    <Dialog
      open={props.open}
      title={props.title}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button autofocus onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button
            look="danger"
            pending={props.pending ?? false}
            disabled={props.disabled}
            onClick={() => props.onConfirm()}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-3 text-sm">
        {props.children}
        <Show when={props.error}>
          <p role="alert" class="text-error">
            {props.error}
          </p>
        </Show>
      </div>
    </Dialog>
  );
}
