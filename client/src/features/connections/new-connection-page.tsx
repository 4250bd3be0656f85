import { A } from '@solidjs/router';
import FileUp from 'lucide-solid/icons/file-up';
import FlaskConical from 'lucide-solid/icons/flask-conical';
import { For, type JSX } from 'solid-js';
import { createQuery } from '../../data/query.ts';
import { DataState } from '../../ui/data-state.tsx';
import { words } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { PlatformsDocument } from './connections.generated.ts';

function Choice(props: { href: string; icon: JSX.Element; title: string; children: JSX.Element }) {
  return (
    <A href={props.href} class="card flex h-full gap-3.5 p-4 transition-colors hover:border-accent hover:bg-hover">
      <span aria-hidden="true" class="grid size-10 shrink-0 place-items-center rounded-card bg-accent-soft text-accent">
        {props.icon}
      </span>
      <span class="min-w-0">
        <span class="block font-semibold">{props.title}</span>
        <span class="block text-sm text-ink-2">{props.children}</span>
      </span>
    </A>
  );
}

/** Where new data may come from. */
export function NewConnectionPage() {
  const query = createQuery(PlatformsDocument, () => ({}));
  return (
    <Page title="New connection" status="Where does the data come from?">
      <section class="flex flex-col gap-3">
        <h2 class="text-base font-semibold">Your own data</h2>
        <div class="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
          <Choice href="/connections/new/upload" icon={<FileUp size={20} />} title="Upload a CSV file">
            Customer journeys, or daily spend and results per channel. Columns are recognised and can be corrected.
          </Choice>
        </div>
      </section>
      <section class="flex flex-col gap-3">
        <div>
          <h2 class="text-base font-semibold">Mock platforms</h2>
          <p class="text-sm text-ink-2">
            Generated data with a known causal truth. It stays apart from live and uploaded data everywhere.
          </p>
        </div>
        <DataState of={query}>
          {(data) => (
            <div class="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
              <For each={data().platforms.filter((platform) => platform.modes.includes('MOCK'))}>
                {(platform) => (
                  <Choice
                    href={`/connections/new/mock?platform=${platform.id}`}
                    icon={<FlaskConical size={20} />}
                    title={platform.name}
                  >
                    {platform.streams.map(words).join(', ')}
                  </Choice>
                )}
              </For>
            </div>
          )}
        </DataState>
      </section>
    </Page>
  );
}
