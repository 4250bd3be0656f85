import { For, Show } from 'solid-js';
import { Badge } from '../../../ui/badge.tsx';
import { Card } from '../../../ui/card.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { plural } from '../../../ui/format.ts';
import { Spinner } from '../../../ui/spinner.tsx';
import type { ManifestCheck } from './live-check.ts';

type Summary = NonNullable<ManifestCheck['summary']>;

const cursors: Record<string, string> = { day: 'per day', update: 'what changed', none: 'whole each time' };

function Errors(props: { errors: ManifestCheck['errors']; onGoTo: (line: number, column: number) => void }) {
  return (
    <ol class="max-h-72 overflow-y-auto" tabindex={0} aria-label="Mistakes">
      <For each={props.errors}>
        {(error) => (
          <li class="border-t border-line-soft">
            <button
              type="button"
              class="flex w-full gap-3 px-4 py-2 text-left text-sm hover:bg-hover"
              onClick={() => props.onGoTo(error.line, error.column)}
            >
              <span class="tabular shrink-0 font-semibold text-error">Line {error.line}</span>
              <span class="min-w-0">
                {error.message}
                <Show when={error.path}>
                  <code class="block font-mono text-xs break-all text-ink-2">{error.path}</code>
                </Show>
              </span>
            </button>
          </li>
        )}
      </For>
    </ol>
  );
}

function Understood(props: { summary: Summary }) {
  return (
    <div class="flex flex-col gap-3 px-4 pb-4">
      <p class="text-sm text-ink-2">{props.summary.summary}</p>
      <Facts
        items={[
          ['Name', props.summary.name],
          ['Hosts', props.summary.hosts.join(', ')],
          ['Version', props.summary.version ?? '–'],
          ['Way in', props.summary.auth.map(({ title, kind }) => `${title} (${kind})`).join(', ') || 'None'],
          ['Settings', props.summary.settings.map(({ label }) => label).join(', ') || 'None'],
        ]}
      />
      <ul class="flex flex-col gap-2">
        <For each={props.summary.streams}>
          {(stream) => (
            <li class="rounded-card bg-sunken px-3 py-2 text-sm">
              <span class="font-semibold">{stream.title}</span>{' '}
              <code class="font-mono text-xs text-ink-2">{stream.name}</code>
              <span class="block text-ink-2">
                {stream.delivers.join(', ')} · {cursors[stream.cursor] ?? stream.cursor} · key {stream.key.join(' + ')}
                {stream.basis ? ` · ${stream.basis}` : ''}
              </span>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}

/** What was understood of the text, or what is wrong with it; kept up while one types. */
export function CheckCard(props: {
  id: string;
  check: ManifestCheck | undefined;
  problem: string | undefined;
  waiting: boolean;
  onGoTo: (line: number, column: number) => void;
}) {
  const errors = () => props.check?.errors ?? [];
  return (
    <Card
      title="Check"
      flush
      aside={
        <span id={props.id} role="status" class="flex items-center gap-2 text-sm">
          <Show when={props.waiting}>
            <Spinner />
          </Show>
          <Show when={props.check}>
            <Show when={errors().length > 0} fallback={<Badge tone="ok">No mistakes</Badge>}>
              <Badge tone="error">{plural(errors().length, 'mistake')}</Badge>
            </Show>
          </Show>
        </span>
      }
    >
      <Show when={props.problem}>
        <p role="alert" class="px-4 pb-3 text-sm text-error">
          {props.problem}
        </p>
      </Show>
      <Show when={errors().length > 0}>
        <Errors errors={errors()} onGoTo={props.onGoTo} />
      </Show>
      <Show when={props.check?.summary}>{(summary) => <Understood summary={summary()} />}</Show>
    </Card>
  );
}
