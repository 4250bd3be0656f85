import { A } from '@solidjs/router';
import { For } from 'solid-js';
import { may } from '../../data/session.ts';

const links = [
  { href: '/connections', label: 'Overview', end: true, scope: 'data:read' },
  { href: '/connections/syncs', label: 'Syncs', end: false, scope: 'data:read' },
  { href: '/connections/webhooks', label: 'Webhooks', end: false, scope: 'data:read' },
  { href: '/connections/custom', label: 'Custom connectors', end: false, scope: 'data:read' },
  { href: '/connections/tests', label: 'Integration tests', end: false, scope: 'data:read' },
];

/** The screens about connections, side by side. */
export function ConnectionsNav() {
  return (
    <nav aria-label="Connections" class="flex max-w-full gap-0.5 overflow-x-auto border-b border-line-soft">
      <For each={links.filter(({ scope }) => may(scope))}>
        {(link) => (
          <A
            href={link.href}
            end={link.end}
            class="-mb-px flex h-9 shrink-0 items-center border-b-2 border-transparent px-2.5 text-sm text-ink-2 hover:text-ink"
            activeClass="border-accent! font-semibold text-ink!"
          >
            {link.label}
          </A>
        )}
      </For>
    </nav>
  );
}
