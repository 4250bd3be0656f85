import { A } from '@solidjs/router';
import LogOut from 'lucide-solid/icons/log-out';
import MonitorX from 'lucide-solid/icons/monitor-x';
import User from 'lucide-solid/icons/user';
import { createAction } from '../../data/query.ts';
import { signOut, viewer } from '../../data/session.ts';
import { words } from '../../ui/format.ts';
import { Popover, menuItem } from '../../ui/popover.tsx';
import { toast } from '../../ui/toast.tsx';

function initials(name: string): string {
  const parts = name.trim().split(/[\s.@]+/);
  return ((parts[0]?.[0] ?? '') + (parts.length > 1 ? (parts[1]?.[0] ?? '') : '')).toUpperCase();
}

/** Who is signed in, and the ways out. */
export function UserMenu() {
  const user = () => viewer()?.user;
  const shownName = () => user()?.name || user()?.email || '';
  const action = createAction((everywhere: boolean) => signOut(everywhere));
  const leave = async (everywhere: boolean): Promise<void> => {
    if (!(await action.run(everywhere))) toast(action.failure()?.message ?? 'Signing out failed.', 'error');
  };
  return (
    <Popover
      label={`${initials(shownName())}, account of ${shownName()}`}
      class="grid size-7 place-items-center rounded-full bg-accent-soft text-[11px] font-semibold text-accent"
      trigger={<span aria-hidden="true">{initials(shownName())}</span>}
    >
      {(close) => (
        <div class="w-56">
          <div class="px-2.5 pt-1.5 pb-2">
            <p class="truncate text-sm font-semibold">{user()?.name}</p>
            <p class="truncate text-xs text-ink-2">{user()?.email}</p>
            <p class="text-xs text-ink-2">
              {words(viewer()?.role ?? '')} of {viewer()?.organization.name}
            </p>
          </div>
          <A href="/settings/profile" class={menuItem} onClick={close}>
            <User size={15} aria-hidden="true" /> Profile and sessions
          </A>
          <button type="button" class={menuItem} disabled={action.pending()} onClick={() => void leave(false)}>
            <LogOut size={15} aria-hidden="true" /> Sign out
          </button>
          <button type="button" class={menuItem} disabled={action.pending()} onClick={() => void leave(true)}>
            <MonitorX size={15} aria-hidden="true" /> Sign out everywhere
          </button>
        </div>
      )}
    </Popover>
  );
}
