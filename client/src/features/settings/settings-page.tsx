import { A, useParams } from '@solidjs/router';
import { For, Show, Suspense, lazy } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { may } from '../../data/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

const sections = [
  {
    path: 'profile',
    label: 'Profile',
    scope: null,
    page: lazy(async () => ({ default: (await import('./profile/profile-section.tsx')).ProfileSection })),
  },
  {
    path: 'members',
    label: 'Members',
    scope: 'data:read',
    page: lazy(async () => ({ default: (await import('./members/members-section.tsx')).MembersSection })),
  },
  {
    path: 'api-keys',
    label: 'API keys',
    scope: 'keys:manage',
    page: lazy(async () => ({ default: (await import('./api-keys/api-keys-section.tsx')).ApiKeysSection })),
  },
  {
    path: 'platforms',
    label: 'Platforms and keys',
    scope: 'connections:write',
    page: lazy(async () => ({ default: (await import('./platforms/platforms-section.tsx')).PlatformsSection })),
  },
  {
    path: 'audit',
    label: 'Audit log',
    scope: 'audit:read',
    page: lazy(async () => ({ default: (await import('./audit/audit-section.tsx')).AuditSection })),
  },
  {
    path: 'organization',
    label: 'Organisation',
    scope: null,
    page: lazy(async () => ({
      default: (await import('./organization/organization-page.tsx')).OrganizationPage,
    })),
  },
];

/** Everything about people, keys and the organisation. What one may not see is not offered. */
export function SettingsPage() {
  const params = useParams<{ section?: string }>();
  const shown = () => sections.filter(({ scope }) => scope === null || may(scope));
  const current = () => (params.section ? shown().find(({ path }) => path === params.section) : shown()[0]);
  return (
    <Page title={current() ? current()!.label : 'Settings'}>
      <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-[180px_minmax(0,1fr)]">
        <nav aria-label="Settings" class="flex gap-0.5 overflow-x-auto lg:flex-col">
          <For each={shown()}>
            {(section) => (
              <A
                href={`/settings/${section.path}`}
                aria-current={section === current() ? 'page' : undefined}
                class="flex h-[34px] shrink-0 items-center rounded-control px-2.5 text-sm text-ink-2 hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent"
              >
                {section.label}
              </A>
            )}
          </For>
        </nav>
        <div class="flex min-w-0 flex-col gap-4">
          <Suspense fallback={<Skeleton rows={6} class="card" />}>
            <Show
              when={current()}
              fallback={
                <EmptyState title="There is no such page, or you may not see it">
                  Choose another at the left.
                </EmptyState>
              }
            >
              {(section) => <Dynamic component={section().page} />}
            </Show>
          </Suspense>
        </div>
      </div>
    </Page>
  );
}
