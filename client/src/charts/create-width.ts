import { createSignal, onCleanup, onMount } from 'solid-js';

/**
 * Follows the width of an element in pixels. Charts are laid out at real pixels, because scaling a drawing shrinks its
 * letters below what can be read.
 */
export function createWidth(): { ref: (element: HTMLElement) => void; width: () => number } {
  const [width, setWidth] = createSignal(0);
  let element: HTMLElement | undefined;
  onMount(() => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(element);
    setWidth(element.clientWidth);
    onCleanup(() => observer.disconnect());
  });
  return { ref: (found) => (element = found), width };
}
