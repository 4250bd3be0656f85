import { A } from '@solidjs/router';
import FileCode from 'lucide-solid/icons/file-code';
import FileUp from 'lucide-solid/icons/file-up';
import Webhook from 'lucide-solid/icons/webhook';
import { For, type JSX, Show, createMemo, createSignal } from 'solid-js';
import { createQuery } from '../../../data/query.ts';
import { DataState } from '../../../ui/data-state.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Page } from '../../../ui/page.tsx';
import { PlatformAccessDocument } from '../access/access.generated.ts';
import { type Platform, categories } from '../access/platforms.ts';
import { PlatformMark } from './platform-mark.tsx';

function Choice(props: { href: string; icon: JSX.Element; title: string; children: JSX.Element }) {
  return (
    <A href={props.href} class="card flex h-full gap-3.5 p-4 transition-colors hover:border-accent hover:bg-hover">
      {props.icon}
      <span class="min-w-0">
        <span class="block font-semibold">{props.title}</span>
        <span class="block text-sm text-ink-2">{props.children}</span>
      </span>
    </A>
  );
}

function Icon(props: { children: JSX.Element }) {
  return (
    <span aria-hidden="true" class="grid size-10 shrink-0 place-items-center rounded-card bg-accent-soft text-accent">
      {props.children}
    </span>
  );
}

function Platforms(props: { title: string; platforms: Platform[] }) {
  return (
    <section class="flex flex-col gap-3" aria-label={props.title}>
      <h2 class="text-base font-semibold">{props.title}</h2>
      <div class="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
        <For each={props.platforms}>
          {(platform) => (
            <Choice
              href={platform.live ? `/connections/new/${platform.id}` : `/connections/new/mock?platform=${platform.id}`}
              icon={<PlatformMark name={platform.name} />}
              title={platform.name}
            >
              {platform.summary}
              <Show when={!platform.live}> Generated data only.</Show>
            </Choice>
          )}
        </For>
      </div>
    </section>
  );
}

const order = Object.keys(categories) as Platform['category'][];

function Own() {
  return (
    <section class="flex flex-col gap-3" aria-label="Your own data">
      <h2 class="text-base font-semibold">Your own data</h2>
      <div class="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
        <Choice
          href="/connections/new/upload"
          icon={
            <Icon>
              <FileUp size={20} />
            </Icon>
          }
          title="Upload a CSV file"
        >
          Customer journeys, or daily spend and results per channel. Columns are recognised and can be corrected.
        </Choice>
        <Choice
          href="/connections/webhooks"
          icon={
            <Icon>
              <Webhook size={20} />
            </Icon>
          }
          title="Receive webhooks"
        >
          An address to which a platform or a program of yours sends, signed, within a second.
        </Choice>
        <Choice
          href="/connections/custom/new"
          icon={
            <Icon>
              <FileCode size={20} />
            </Icon>
          }
          title="Declare a connector"
        >
          Any other API, written down in YAML and checked while you type.
        </Choice>
      </div>
    </section>
  );
}

/** Where new data may come from. */
export function NewConnectionPage() {
  const query = createQuery(PlatformAccessDocument, () => ({}));
  const [search, setSearch] = createSignal('');
  const groups = createMemo(() => {
    const wanted = search().trim().toLowerCase();
    const found = (query.data()?.platforms ?? []).filter(
      ({ name, summary, live, modes }) =>
        (live !== null || modes.includes('MOCK')) && `${name} ${summary}`.toLowerCase().includes(wanted),
    );
    return order
      .map((category) => ({ category, platforms: found.filter((platform) => platform.category === category) }))
      .filter(({ platforms }) => platforms.length > 0);
  });
  return (
    <Page
      title="New connection"
      status="Where does the data come from?"
      actions={
        <TextField
          label="Search platforms"
          quiet
          type="search"
          placeholder="Search platforms"
          class="w-56"
          value={search()}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      }
    >
      <DataState of={query}>
        {() => (
          <div class="flex flex-col gap-6">
            <Show
              when={groups().length > 0}
              fallback={
                <div class="card">
                  <EmptyState title="No platform is called that">
                    Declare it yourself below, or upload a file.
                  </EmptyState>
                </div>
              }
            >
              <For each={groups()}>
                {(group) => <Platforms title={categories[group.category]} platforms={group.platforms} />}
              </For>
            </Show>
          </div>
        )}
      </DataState>
      <Own />
    </Page>
  );
}
