import Download from 'lucide-solid/icons/download';
import { Popover, menuItem } from '../../ui/popover.tsx';
import { saveFile } from '../../ui/save-file.ts';
import type { RunFieldsFragment } from './attribution.generated.ts';
import { runToCsv, runToJson } from './export-run.ts';

/** Saves a run as a file. */
export function ExportMenu(props: { run: RunFieldsFragment }) {
  const name = () => `attribution-${props.run.createdAt.slice(0, 10)}-${props.run.id.slice(-6)}`;
  return (
    <Popover
      label="Export"
      class="inline-flex h-[34px] items-center gap-2 rounded-control border border-line bg-panel px-3 text-sm font-semibold shadow-card hover:bg-hover"
      trigger={
        <>
          <Download size={15} aria-hidden="true" /> Export
        </>
      }
    >
      {(close) => (
        <>
          <button
            type="button"
            class={menuItem}
            onClick={() => {
              saveFile(`${name()}.csv`, 'text/csv;charset=utf-8', runToCsv(props.run));
              close();
            }}
          >
            CSV, one row per credit
          </button>
          <button
            type="button"
            class={menuItem}
            onClick={() => {
              saveFile(`${name()}.json`, 'application/json', runToJson(props.run));
              close();
            }}
          >
            JSON, the whole run
          </button>
        </>
      )}
    </Popover>
  );
}
