import { toCsv } from '../../ui/csv.ts';
import type { RunFieldsFragment } from './attribution.generated.ts';
import { modelNames } from './models.ts';

/** Every credit of every model, one per row, with raw numbers. */
export function runToCsv(run: RunFieldsFragment): string {
  const header = [
    'model',
    'unit',
    'key',
    'conversions',
    'value',
    'currency',
    'share',
    'removal_effect',
    'spend',
    'roas',
  ];
  const rows = run.results.flatMap((result) =>
    result.credits.map((credit) => [
      modelNames[result.model],
      run.settings.unit.toLowerCase().replaceAll('_', '-'),
      credit.key,
      credit.conversions,
      credit.value,
      run.inputs?.currency ?? null,
      credit.share,
      credit.removalEffect,
      credit.spend,
      credit.roas,
    ]),
  );
  return toCsv(header, rows);
}

/** The whole run with its settings, inputs and the hash of the data. */
export function runToJson(run: RunFieldsFragment): string {
  return `${JSON.stringify(run, null, 2)}\n`;
}
