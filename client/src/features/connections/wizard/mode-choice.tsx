import { A } from '@solidjs/router';
import { For, Show, createUniqueId } from 'solid-js';
import { type Platform, modeTexts } from '../access/platforms.ts';
import type { WizardDraft } from './draft.ts';

const modes = ['AUTO', 'LIVE', 'HYBRID'] as const;

/** Where the data comes from, each way explained. Generated data alone has a form of its own. */
export function ModeChoice(props: {
  platform: Platform;
  value: WizardDraft['mode'];
  onChange: (mode: WizardDraft['mode']) => void;
}) {
  const name = createUniqueId();
  return (
    <fieldset class="flex flex-col gap-2">
      <legend class="sr-only">Where the data comes from</legend>
      <div class="grid grid-cols-1 gap-2 md:grid-cols-3">
        <For each={modes.filter((mode) => props.platform.modes.includes(mode))}>
          {(mode) => (
            <label class="flex cursor-pointer gap-2.5 rounded-card border border-line p-3 text-sm hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent">
              <input
                type="radio"
                name={name}
                class="mt-0.5 size-4 shrink-0 accent-[var(--accent)]"
                checked={props.value === mode}
                onChange={() => props.onChange(mode)}
              />
              <span>
                <span class="block font-semibold">{modeTexts[mode].title}</span>
                <span class="block text-ink-2">{modeTexts[mode].text}</span>
              </span>
            </label>
          )}
        </For>
      </div>
      <Show when={props.platform.modes.includes('MOCK')}>
        <p class="text-sm text-ink-2">
          No account at hand?{' '}
          <A href={`/connections/new/mock?platform=${props.platform.id}`} class="font-semibold text-accent underline">
            Connect generated data
          </A>{' '}
          instead.
        </p>
      </Show>
    </fieldset>
  );
}
