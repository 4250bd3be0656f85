import Plus from 'lucide-solid/icons/plus';
import { For, Show } from 'solid-js';
import { may } from '../../../data/session.ts';
import { LinkButton } from '../../../ui/button.tsx';
import type { SyncEvent } from '../sync-events.ts';
import { ConnectionRow } from './connection-row.tsx';
import type { PlatformGroup, TierGroup } from './group-connections.ts';

function Platform(props: {
  platform: PlatformGroup;
  runOf: (id: string) => SyncEvent['syncRun'] | undefined;
  selected: ReadonlySet<string>;
  onSelect: (id: string, selected: boolean) => void;
}) {
  return (
    <li>
      <div class="flex min-h-10 items-center gap-3 border-t border-line-soft bg-sunken px-4 py-1">
        <h3 class="flex-1 text-sm font-semibold">{props.platform.name}</h3>
        <Show when={may('connections:write') && props.platform.tier !== null}>
          <LinkButton
            size="sm"
            look="ghost"
            href={`/connections/new/${props.platform.id}`}
            title={`Connect ${props.platform.name}`}
          >
            <Plus size={13} aria-hidden="true" /> {props.platform.rows.length > 0 ? 'Another' : 'Connect'}
          </LinkButton>
        </Show>
      </div>
      <ul>
        <For each={props.platform.rows}>
          {(row) => (
            <ConnectionRow
              row={row}
              run={props.runOf(row.id)}
              selected={props.selected.has(row.id)}
              onSelect={(selected) => props.onSelect(row.id, selected)}
            />
          )}
        </For>
      </ul>
    </li>
  );
}

/** The platforms of one tier: those with connections first, the others to be connected. */
export function TierSection(props: {
  group: TierGroup;
  runOf: (id: string) => SyncEvent['syncRun'] | undefined;
  selected: ReadonlySet<string>;
  onSelect: (id: string, selected: boolean) => void;
}) {
  const used = () => props.group.platforms.filter(({ rows }) => rows.length > 0);
  const unused = () => props.group.platforms.filter(({ rows }) => rows.length === 0);
  return (
    <section class="card overflow-hidden" aria-label={props.group.title}>
      <header class="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2">
        <h2 class="text-base font-semibold">{props.group.title}</h2>
        <Show when={unused().length > 0 && may('connections:write')}>
          <ul class="flex flex-1 flex-wrap justify-end gap-1.5" aria-label="Not connected yet">
            <For each={unused()}>
              {(platform) => (
                <li>
                  <LinkButton size="sm" href={`/connections/new/${platform.id}`} title={`Connect ${platform.name}`}>
                    <Plus size={13} aria-hidden="true" /> {platform.name}
                  </LinkButton>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </header>
      <ul>
        <For each={used()}>
          {(platform) => (
            <Platform platform={platform} runOf={props.runOf} selected={props.selected} onSelect={props.onSelect} />
          )}
        </For>
      </ul>
    </section>
  );
}
