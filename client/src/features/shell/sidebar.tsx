import { A } from '@solidjs/router';
import PanelLeft from 'lucide-solid/icons/panel-left';
import { For, Show, createUniqueId } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { collapsed, setCollapsed } from '../../data/preferences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Logo } from '../../ui/logo.tsx';
import { groups } from './navigation.ts';

type Group = (typeof groups)[number];

function GroupLinks(props: { group: Group; narrow: boolean; onNavigate?: (() => void) | undefined }) {
  const id = createUniqueId();
  return (
    <div>
      <Show when={props.group.title}>
        <p id={id} class={props.narrow ? 'sr-only' : 'px-2.5 pb-1 text-xs font-semibold text-ink-2'}>
          {props.group.title}
        </p>
        <Show when={props.narrow}>
          <hr class="mx-1 mb-2 border-line-soft" />
        </Show>
      </Show>
      <ul class="flex flex-col gap-0.5" aria-labelledby={props.group.title ? id : undefined}>
        <For each={props.group.screens}>
          {(screen) => (
            <li>
              <A
                href={screen.path}
                onClick={() => props.onNavigate?.()}
                title={props.narrow ? screen.label : undefined}
                class="flex h-[34px] items-center gap-2.5 rounded-control px-2.5 text-sm text-ink-2 transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent"
                activeClass="bg-accent-soft! text-accent! font-semibold"
              >
                <Dynamic component={screen.icon} size={17} class="shrink-0" aria-hidden="true" />
                <span class={props.narrow ? 'sr-only' : ''}>{screen.label}</span>
              </A>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}

function Links(props: { narrow: boolean; onNavigate?: (() => void) | undefined }) {
  return (
    <div class={`flex flex-col ${props.narrow ? 'gap-2' : 'gap-4'}`}>
      <For each={groups}>
        {(group) => <GroupLinks group={group} narrow={props.narrow} onNavigate={props.onNavigate} />}
      </For>
    </div>
  );
}

/** The list of screens at the left; folds to icons. Hidden on narrow screens, where the drawer takes its place. */
export function Sidebar() {
  return (
    <nav
      aria-label="Main"
      class={`sticky top-0 hidden h-dvh shrink-0 flex-col border-r border-line-soft bg-panel md:flex ${collapsed() ? 'w-14' : 'w-[212px]'}`}
    >
      <A
        href="/hub"
        class="flex h-12 items-center gap-2.5 px-4 font-semibold tracking-[-0.01em]"
        aria-label="LiftOS, to the hub"
      >
        <Logo />
        <Show when={!collapsed()}>LiftOS</Show>
      </A>
      <div class="flex-1 overflow-y-auto px-2 py-2">
        <Links narrow={collapsed()} />
      </div>
      <div class="p-2">
        <IconButton
          label={collapsed() ? 'Expand sidebar' : 'Collapse sidebar'}
          keys="["
          aria-expanded={!collapsed()}
          onClick={() => setCollapsed(!collapsed())}
        >
          <PanelLeft size={16} />
        </IconButton>
      </div>
    </nav>
  );
}

/** The same list in a drawer over the page. */
export function Drawer(props: { open: boolean; onClose: () => void }) {
  let element!: HTMLDialogElement;
  return (
    <Show when={props.open}>
      <dialog
        ref={(found) => {
          element = found;
          queueMicrotask(() => element.showModal());
        }}
        aria-label="Main menu"
        class="m-0 h-dvh max-h-none w-64 max-w-[80vw] bg-panel p-2 text-ink shadow-raised"
        onClose={() => props.onClose()}
        onClick={(event) => event.target === element && element.close()}
      >
        <div class="flex h-12 items-center gap-2.5 px-2.5 font-semibold">
          <Logo /> LiftOS
        </div>
        <nav aria-label="Main">
          <Links narrow={false} onNavigate={() => element.close()} />
        </nav>
      </dialog>
    </Show>
  );
}
