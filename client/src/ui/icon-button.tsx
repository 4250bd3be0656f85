import { type JSX, splitProps } from 'solid-js';
import { Button } from './button.tsx';

/** A button that shows only an icon; the label is its name and its tooltip. */
export function IconButton(
  props: { label: string; size?: 'icon' | 'icon-sm'; keys?: string } & JSX.ButtonHTMLAttributes<HTMLButtonElement>,
) {
  const [own, rest] = splitProps(props, ['label', 'size', 'keys']);
  return (
    <Button
      look="ghost"
      {...rest}
      size={own.size ?? 'icon'}
      aria-label={own.label}
      aria-keyshortcuts={own.keys}
      title={own.keys ? `${own.label} (${own.keys})` : own.label}
    />
  );
}
