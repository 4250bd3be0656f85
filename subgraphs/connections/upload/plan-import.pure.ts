import { formatsOf, holdsDates, type Analysis } from '../csv/analyze-sample.pure.ts';
import type { ImportPlan } from '../csv/import-plan.pure.ts';
import { mappingProblems, type Kind, type Meaning } from '../csv/guess-meaning.pure.ts';
import { dateFormats, isDateFormat } from '../csv/parse-date.pure.ts';

/** What a person decided about an import. */
export interface ImportChoice {
  kind: Kind;
  mapping: readonly { column: string; meaning: Meaning }[];
  currency: string;
  dateFormat: string | null;
  channel: string | null;
}

export type Planned = { ok: true; plan: ImportPlan } | { ok: false; field: string; problem: string };

/** Bring a file's analysis and a person's choice together, or say what stands in the way. */
export function planImport(analysis: Analysis, choice: ImportChoice, fileKey: string): Planned {
  const { names, rows, layout } = analysis;
  if (names.length === 0) return refuse('uploadId', analysis.problems[0] ?? 'The file is empty.');
  if (rows.length === 0) return refuse('uploadId', 'The file has a header and no rows.');
  const unknown = choice.mapping.find(({ column }) => !names.includes(column));
  if (unknown) return refuse('mapping', `The file has no column ${unknown.column.slice(0, 100)}.`);
  const chosen = new Map(choice.mapping.map(({ column, meaning }) => [column, meaning]));
  const meanings = names.map((name) => chosen.get(name) ?? 'IGNORE');
  const problems = mappingProblems(choice.kind, meanings, choice.channel !== null);
  if (problems.length > 0) return refuse('mapping', problems.join(' '));
  if (choice.dateFormat !== null && !isDateFormat(choice.dateFormat)) {
    return refuse('dateFormat', `Dates are read in these forms: ${dateFormats.join(', ')}.`);
  }
  const { numbers, dates } = formatsOf(rows, meanings, layout.delimiter);
  const dateFormat = choice.dateFormat ?? dates.format;
  if (dateFormat === null && holdsDates(meanings)) {
    return refuse('dateFormat', 'The dates have none of the forms that are read.');
  }
  return {
    ok: true,
    plan: {
      kind: choice.kind,
      layout,
      names,
      meanings,
      decimal: numbers.separator,
      dateFormat: dateFormat ?? 'YYYY-MM-DD',
      currency: choice.currency,
      channel: choice.channel,
      fileKey,
    },
  };
}

function refuse(field: string, problem: string): Planned {
  return { ok: false, field: `input.${field}`, problem };
}
