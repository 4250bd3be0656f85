import { createEffect, createSignal } from 'solid-js';

const [pageTitle, setPageTitle] = createSignal('');

/** The name of the shown screen, which is also announced when it changes. */
export { pageTitle };

/** Names the screen in the tab of the browser. */
export function Title(props: { text: string }) {
  createEffect(() => {
    setPageTitle(props.text);
    document.title = `${props.text} · LiftOS`;
  });
  return null;
}
