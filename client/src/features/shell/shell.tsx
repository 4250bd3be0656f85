import { Navigate, type RouteSectionProps, useLocation, useNavigate } from '@solidjs/router';
import {
  ErrorBoundary,
  Match,
  Show,
  Suspense,
  Switch,
  createEffect,
  createSignal,
  lazy,
  on,
  onCleanup,
} from 'solid-js';
import { followActivity } from '../../data/activity.ts';
import { resetClient } from '../../data/client.ts';
import { closeLive, live } from '../../data/live.ts';
import { collapsed, setCollapsed, toggleTheme } from '../../data/preferences.ts';
import { refreshSession, sessionStatus } from '../../data/session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { pageTitle } from '../../ui/title.tsx';
import { Toasts } from '../../ui/toast.tsx';
import { screens } from './navigation.ts';
import { Drawer, Sidebar } from './sidebar.tsx';
import { NarrowRange, TopBar } from './top-bar.tsx';
import { useShortcuts } from './use-shortcuts.ts';

const CommandPalette = lazy(() =>
  import('./command-palette.tsx').then((module) => ({ default: module.CommandPalette })),
);
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx').then((module) => ({ default: module.ShortcutSheet })));

function Broken(props: { error: unknown; onReset: () => void }) {
  return (
    <EmptyState title="This screen failed" action={<Button onClick={() => props.onReset()}>Try again</Button>}>
      <p role="alert">{props.error instanceof Error ? props.error.message : String(props.error)}</p>
    </EmptyState>
  );
}

/** Moves the focus to the new screen and says its name, as a browser does for a page that loads. */
function useAnnouncedNavigation(main: () => HTMLElement | undefined): void {
  const location = useLocation();
  createEffect(
    on(
      () => location.pathname,
      () => {
        scrollTo(0, 0);
        main()?.focus({ preventScroll: true });
      },
      { defer: true },
    ),
  );
}

function Frame(props: RouteSectionProps) {
  const navigate = useNavigate();
  const [menu, setMenu] = createSignal(false);
  const [palette, setPalette] = createSignal(false);
  const [sheet, setSheet] = createSignal(false);
  let main: HTMLElement | undefined;
  useAnnouncedNavigation(() => main);
  useShortcuts(
    {
      ...Object.fromEntries(screens.map((screen) => [`g ${screen.key}`, () => navigate(screen.path)])),
      '?': () => setSheet(true),
      '/': () => setPalette(true),
      '[': () => setCollapsed(!collapsed()),
      'd m': toggleTheme,
      p: () => live.setPaused(!live.paused()),
    },
    () => setPalette(true),
  );
  const stop = followActivity();
  // Keys typed right after Ctrl K must not get lost while the palette is on its way.
  void CommandPalette.preload();
  onCleanup(() => {
    stop();
    closeLive();
    resetClient();
  });
  return (
    <div class="flex min-h-dvh">
      <a
        href="#main"
        class="sr-only z-50 focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:rounded-control focus:bg-accent focus:px-3 focus:py-2 focus:text-on-accent"
      >
        Skip to content
      </a>
      <Sidebar />
      <div class="flex min-w-0 flex-1 flex-col">
        <TopBar onMenu={() => setMenu(true)} onPalette={() => setPalette(true)} />
        <main id="main" ref={(found) => (main = found)} tabindex={-1} class="min-w-0 flex-1">
          <NarrowRange />
          <ErrorBoundary fallback={(error: unknown, reset) => <Broken error={error} onReset={reset} />}>
            <Suspense fallback={<Skeleton rows={6} class="p-6" />}>{props.children}</Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <p role="status" class="sr-only">
        {pageTitle()}
      </p>
      <Drawer open={menu()} onClose={() => setMenu(false)} />
      <Suspense>
        <Show when={palette()}>
          <CommandPalette onClose={() => setPalette(false)} onSheet={() => setSheet(true)} />
        </Show>
        <Show when={sheet()}>
          <ShortcutSheet open={sheet()} onClose={() => setSheet(false)} />
        </Show>
      </Suspense>
      <Toasts />
    </div>
  );
}

/** Everything behind the sign-in. */
export function Shell(props: RouteSectionProps) {
  const location = useLocation();
  const target = () => `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
  return (
    <Switch>
      <Match when={sessionStatus() === 'signed-in'}>
        <Frame {...props} />
      </Match>
      <Match when={sessionStatus() === 'signed-out'}>
        <Navigate href={target()} />
      </Match>
      <Match when={sessionStatus() === 'unreachable'}>
        <main class="grid min-h-dvh place-items-center">
          <EmptyState
            title="The server cannot be reached"
            action={<Button onClick={() => void refreshSession()}>Try again</Button>}
          >
            LiftOS answers again as soon as it runs.
          </EmptyState>
        </main>
      </Match>
    </Switch>
  );
}
