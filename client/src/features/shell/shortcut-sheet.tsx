import { For } from 'solid-js';
import { setSingleKeys, singleKeys } from '../../data/preferences.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox } from '../../ui/field.tsx';
import { screens } from './navigation.ts';

const groups: { title: string; keys: [keys: string, does: string][] }[] = [
  { title: 'Go to', keys: screens.map((screen) => [`g ${screen.key}`, screen.label]) },
  {
    title: 'Everywhere',
    keys: [
      ['Ctrl K', 'Search and commands'],
      ['?', 'This sheet'],
      ['p', 'Pause or resume live data'],
      ['d m', 'Light or dark'],
      ['[', 'Fold the sidebar'],
      ['Esc', 'Close what is open'],
    ],
  },
];

/** All keys. They can be turned off, since single letters collide with some input methods. */
export function ShortcutSheet(props: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={props.open} title="Keyboard shortcuts" onClose={() => props.onClose()}>
      <div class="flex flex-col gap-5">
        <For each={groups}>
          {(group) => (
            <section>
              <h3 class="mb-1.5 text-xs font-semibold text-ink-2">{group.title}</h3>
              <dl class="grid grid-cols-[1fr_auto] gap-y-1.5 text-sm">
                <For each={group.keys}>
                  {([keys, does]) => (
                    <>
                      <dt>{does}</dt>
                      <dd class="flex gap-1">
                        <For each={keys.split(' ')}>
                          {(key) => (
                            <kbd class="grid h-[22px] min-w-[22px] place-items-center rounded-[5px] border border-line bg-sunken px-1.5 font-sans text-xs font-semibold">
                              {key}
                            </kbd>
                          )}
                        </For>
                      </dd>
                    </>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
        <Checkbox
          label="Use single-key shortcuts"
          checked={singleKeys()}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
      </div>
    </Dialog>
  );
}
