import { useLocation } from '@solidjs/router';
import Menu from 'lucide-solid/icons/menu';
import Moon from 'lucide-solid/icons/moon';
import Search from 'lucide-solid/icons/search';
import Sun from 'lucide-solid/icons/sun';
import { Show } from 'solid-js';
import { toggleTheme } from '../../data/preferences.ts';
import { viewer } from '../../data/session.ts';
import { timeZone, useQuery } from '../../data/url.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { dayIn } from '../../ui/range.ts';
import { RangePicker } from '../../ui/range-picker.tsx';
import { now } from '../../ui/time.tsx';
import { LivePill } from './live-pill.tsx';
import { UserMenu } from './user-menu.tsx';

function Range(props: { align: 'start' | 'end' }) {
  const query = useQuery();
  const value = () => ({ from: query.get('from') ?? 'now-89d', to: query.get('to') ?? 'now' });
  return (
    <RangePicker
      align={props.align}
      value={value()}
      today={dayIn(now(), timeZone())}
      onChange={(range) => query.set({ ...range }, true)}
    />
  );
}

/** Organisation, days, live state, search, theme and account. The days show only where they mean something. */
export function TopBar(props: { onMenu: () => void; onPalette: () => void }) {
  const location = useLocation();
  return (
    <header class="sticky top-0 z-30 flex h-12 items-center gap-2 border-b border-line-soft bg-panel/95 px-3 backdrop-blur-sm sm:px-4">
      <div class="md:hidden">
        <IconButton label="Open menu" onClick={() => props.onMenu()}>
          <Menu size={18} />
        </IconButton>
      </div>
      <p class="min-w-0 truncate text-sm font-semibold" title="Organisation">
        {viewer()?.organization.name}
      </p>
      <div class="flex-1" />
      <Show when={location.pathname === '/hub'}>
        <div class="max-sm:hidden">
          <Range align="end" />
        </div>
      </Show>
      <LivePill />
      <button
        type="button"
        class="flex h-7 items-center gap-2 rounded-control border border-line px-2 text-xs text-ink-2 hover:bg-hover max-lg:hidden"
        onClick={() => props.onPalette()}
      >
        <Search size={13} aria-hidden="true" /> Search
        <kbd class="font-sans">Ctrl K</kbd>
      </button>
      <div class="lg:hidden">
        <IconButton label="Search" size="icon-sm" onClick={() => props.onPalette()}>
          <Search size={16} />
        </IconButton>
      </div>
      <IconButton label="Switch between light and dark" size="icon-sm" keys="d m" onClick={toggleTheme}>
        <Moon size={16} class="dark:hidden" />
        <Sun size={16} class="hidden dark:block" />
      </IconButton>
      <UserMenu />
    </header>
  );
}

/** The days on a row of their own, where the bar is too narrow for them. */
export function NarrowRange() {
  const location = useLocation();
  return (
    <Show when={location.pathname === '/hub'}>
      <div class="px-4 pt-3 sm:hidden">
        <Range align="start" />
      </div>
    </Show>
  );
}
