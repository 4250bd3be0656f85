import { useNavigate } from '@solidjs/router';
import { For, Show, createEffect, createMemo, createSignal, createUniqueId, on } from 'solid-js';
import { toggleTheme } from '../../data/preferences.ts';
import { live } from '../../data/live.ts';
import { screens } from './navigation.ts';
import { type Command, rankCommands } from './rank-commands.ts';

interface Entry extends Command {
  href?: string;
  run?: () => void;
}

const aboutConnections: Entry[] = [
  {
    id: 'connect',
    label: 'Connect a platform',
    group: 'Create',
    also: 'connection oauth meta google shopify',
    href: '/connections/new',
  },
  {
    id: 'attention',
    label: 'Connections that need attention',
    group: 'Go to',
    also: 'broken failed repair access',
    href: '/connections?show=attention',
  },
  { id: 'syncs', label: 'Syncs', group: 'Go to', also: 'history runs', href: '/connections/syncs' },
  { id: 'webhooks', label: 'Webhooks', group: 'Go to', also: 'deliveries endpoint', href: '/connections/webhooks' },
  {
    id: 'custom',
    label: 'Custom connectors',
    group: 'Go to',
    also: 'yaml manifest editor',
    href: '/connections/custom',
  },
  {
    id: 'tests',
    label: 'Integration tests',
    group: 'Go to',
    also: 'suite report check',
    href: '/connections/tests',
  },
  {
    id: 'platforms',
    label: 'Platforms and keys',
    group: 'Settings',
    also: 'oauth application encryption rotate',
    href: '/settings/platforms',
  },
];

const entries = (openSheet: () => void): Entry[] => [
  ...screens.map((screen) => ({
    id: screen.path,
    label: screen.label,
    group: 'Go to',
    keys: `g ${screen.key}`,
    href: screen.path,
  })),
  {
    id: 'upload',
    label: 'Upload a file',
    group: 'Create',
    also: 'csv import connection',
    href: '/connections/new/upload',
  },
  {
    id: 'mock',
    label: 'Connect mock data',
    group: 'Create',
    also: 'sample demo generator connection',
    href: '/connections/new/mock',
  },
  ...aboutConnections,
  { id: 'plan', label: 'Plan a budget', group: 'Create', also: 'optimise spend allocation scenario', href: '/budget' },
  { id: 'run', label: 'Run attribution', group: 'Create', also: 'markov shapley models', href: '/attribution' },
  { id: 'failed', label: 'Failed jobs', group: 'Go to', also: 'errors', href: '/jobs?state=FAILED' },
  {
    id: 'members',
    label: 'Members and invitations',
    group: 'Settings',
    also: 'invite role team',
    href: '/settings/members',
  },
  { id: 'keys', label: 'API keys', group: 'Settings', also: 'token secret', href: '/settings/api-keys' },
  { id: 'audit', label: 'Audit log', group: 'Settings', also: 'security history', href: '/settings/audit' },
  {
    id: 'organization',
    label: 'Organisation',
    group: 'Settings',
    also: 'currency time zone name',
    href: '/settings/organization',
  },
  {
    id: 'explorer',
    label: 'API explorer',
    group: 'Go to',
    also: 'graphql',
    run: () => open('/explorer', '_blank', 'noopener'),
  },
  { id: 'theme', label: 'Switch between light and dark', group: 'Act', also: 'theme', keys: 'd m', run: toggleTheme },
  {
    id: 'pause',
    label: 'Pause or resume live data',
    group: 'Act',
    keys: 'p',
    run: () => live.setPaused(!live.paused()),
  },
  { id: 'sheet', label: 'Keyboard shortcuts', group: 'Act', also: 'help', keys: '?', run: openSheet },
];

function List(props: {
  id: string;
  found: Entry[];
  active: number;
  onPick: (entry: Entry) => void;
  onHover: (index: number) => void;
}) {
  return (
    <ul id={props.id} role="listbox" aria-label="Commands" class="max-h-[46dvh] overflow-y-auto p-1.5">
      <For each={props.found}>
        {(entry, index) => (
          <li
            id={`${props.id}-${entry.id}`}
            role="option"
            aria-selected={index() === props.active}
            class="flex h-9 cursor-pointer items-center gap-3 rounded-control px-2.5 text-sm aria-selected:bg-accent-soft"
            onPointerMove={() => props.onHover(index())}
            onClick={() => props.onPick(entry)}
          >
            <span class="w-16 shrink-0 text-xs text-ink-2">{entry.group}</span>
            <span class="flex-1">{entry.label}</span>
            <Show when={entry.keys}>
              <kbd class="font-sans text-xs text-ink-2">{entry.keys}</kbd>
            </Show>
          </li>
        )}
      </For>
    </ul>
  );
}

function Search(props: { onDone: () => void; onSheet: () => void }) {
  const id = createUniqueId();
  const navigate = useNavigate();
  const [typed, setTyped] = createSignal('');
  const [active, setActive] = createSignal(0);
  const all = entries(() => props.onSheet());
  const found = createMemo(() => rankCommands(all, typed()));
  createEffect(on(typed, () => setActive(0)));
  const pick = (entry: Entry | undefined, elsewhere = false): void => {
    if (!entry) return;
    props.onDone();
    if (entry.href && elsewhere) open(entry.href, '_blank', 'noopener');
    else if (entry.href) navigate(entry.href);
    else entry.run?.();
  };
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') pick(found()[active()], event.ctrlKey || event.metaKey);
    if (step === undefined) return;
    event.preventDefault();
    setActive((now) => (now + step + found().length) % Math.max(1, found().length));
  };
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label="Search screens and commands"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found()[active()] ? `${id}-${found()[active()]!.id}` : undefined}
        autofocus
        placeholder="Where to, or what to do?"
        class="h-12 w-full border-b border-line-soft bg-transparent px-4 text-base outline-none placeholder:text-ink-2"
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={move}
      />
      <Show
        when={found().length > 0}
        fallback={<p class="p-6 text-center text-sm text-ink-2">Nothing is called that.</p>}
      >
        <List id={id} found={found()} active={active()} onPick={pick} onHover={setActive} />
      </Show>
    </>
  );
}

/** Ctrl or ⌘ K: every screen and command by name. */
export function CommandPalette(props: { onClose: () => void; onSheet: () => void }) {
  let element!: HTMLDialogElement;
  return (
    <dialog
      ref={(found) => {
        element = found;
        queueMicrotask(() => element.showModal());
      }}
      aria-label="Search and commands"
      class="mx-auto mt-[12dvh] w-[calc(100vw-32px)] max-w-xl overflow-hidden rounded-[12px] bg-raised p-0 text-ink shadow-raised"
      onClose={() => props.onClose()}
      onClick={(event) => event.target === element && element.close()}
    >
      <Search onDone={() => element.close()} onSheet={() => props.onSheet()} />
    </dialog>
  );
}
