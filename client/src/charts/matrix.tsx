import { For } from 'solid-js';

/** A square of numbers between named things; the tint grows with `strength` from 0 to 1. */
export function Matrix(props: {
  label: string;
  names: string[];
  /** What stands in row and column; `null` on the diagonal or where unknown. */
  cell: (row: number, column: number) => { text: string; strength: number; title: string } | null;
}) {
  return (
    <div class="overflow-x-auto" tabindex={0} role="group" aria-label={props.label}>
      <table class="w-full border-separate border-spacing-0.5 text-xs">
        <caption class="sr-only">{props.label}</caption>
        <thead>
          <tr>
            <td />
            <For each={props.names}>
              {(name) => (
                <th scope="col" class="px-1 pb-1 text-center align-bottom font-semibold text-ink-2">
                  {name}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.names}>
            {(name, row) => (
              <tr>
                <th scope="row" class="pr-2 text-right font-semibold whitespace-nowrap text-ink-2">
                  {name}
                </th>
                <For each={props.names}>
                  {(_, column) => {
                    const cell = () => props.cell(row(), column());
                    return (
                      <td
                        class="h-8 min-w-11 rounded-[4px] text-center"
                        style={{
                          background: `color-mix(in srgb, var(--accent) ${Math.round((cell()?.strength ?? 0) * 34)}%, var(--panel))`,
                        }}
                        title={cell()?.title}
                      >
                        {cell()?.text ?? '·'}
                      </td>
                    );
                  }}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
