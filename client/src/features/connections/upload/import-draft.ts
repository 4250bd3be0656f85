import { createStore } from 'solid-js/store';
import { viewer } from '../../../data/session.ts';
import type { ColumnMeaning, ImportKind, ImportUploadInput, UploadPreviewQuery } from '../upload.generated.ts';
import { mappingProblems } from './mapping.ts';

export type Preview = UploadPreviewQuery['uploadPreview'];

interface Draft {
  kind: ImportKind;
  meanings: ColumnMeaning[];
  name: string;
  currency: string;
  dateFormat: string;
  channel: string;
}

/** What the person decided about a file, starting from what was guessed. */
export interface ImportDraft {
  draft: Draft;
  set<Key extends keyof Draft>(key: Key, value: Draft[Key]): void;
  setMeaning(column: number, meaning: ColumnMeaning): void;
  problems(): string[];
  input(): ImportUploadInput;
}

function nameOf(fileName: string): string {
  return fileName.replace(/(\.(csv|tsv|txt))?(\.gz)?$/i, '') || fileName;
}

export function createImportDraft(preview: Preview, connectionId: string | undefined): ImportDraft {
  const [draft, setDraft] = createStore<Draft>({
    kind: preview.kind,
    meanings: preview.columns.map((column) => column.guess),
    name: nameOf(preview.upload.fileName),
    currency: viewer()?.organization.currency ?? 'EUR',
    dateFormat: preview.dateFormat ?? '',
    channel: '',
  });
  const mapping = () =>
    preview.columns.map((column, index) => ({ column: column.name, meaning: draft.meanings[index] ?? 'IGNORE' }));
  return {
    draft,
    set: (key, value) => setDraft({ [key]: value }),
    setMeaning: (column, meaning) => setDraft('meanings', column, meaning),
    problems: () => mappingProblems(draft.kind, mapping(), draft.channel),
    input: () => ({
      uploadId: preview.upload.id,
      kind: draft.kind,
      mapping: mapping(),
      connectionId: connectionId ?? null,
      name: draft.name.trim() || null,
      currency: draft.currency,
      dateFormat: draft.dateFormat || null,
      channel: draft.channel.trim() || null,
    }),
  };
}
