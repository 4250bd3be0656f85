import { For, Show } from 'solid-js';
import { createPeople } from '../../../data/people.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Time } from '../../../ui/time.tsx';
import type { CustomConnectorFieldsFragment } from './custom.generated.ts';

/** Every version that was saved; any of them can be taken up again. */
export function VersionsCard(props: { connector: CustomConnectorFieldsFragment; onTake: (text: string) => void }) {
  const nameOf = createPeople();
  return (
    <Card title="Versions" flush>
      <ul class="max-h-72 overflow-y-auto" tabindex={0} aria-label="Versions">
        <For each={props.connector.versions}>
          {(version) => (
            <li class="flex items-center gap-3 border-t border-line-soft px-4 py-2 text-sm">
              <span class="tabular font-semibold">{version.version}</span>
              <span class="min-w-0 flex-1 text-ink-2">
                <Time at={version.savedAt} /> by {nameOf(version.savedBy)}
              </span>
              <Show when={version.version === props.connector.publishedVersion}>
                <Badge tone="ok">Published</Badge>
              </Show>
              <Button
                size="sm"
                look="ghost"
                aria-label={`Load version ${version.version} into the editor`}
                onClick={() => props.onTake(version.text)}
              >
                Load
              </Button>
            </li>
          )}
        </For>
      </ul>
    </Card>
  );
}
