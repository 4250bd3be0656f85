import { inspectFile } from '../csv/inspect-file.ts';
import { planImport, type ImportChoice, type Planned } from './plan-import.pure.ts';
import { previewOf, type Preview } from './preview.pure.ts';

/** A file to look into, away from the event loop: a megabyte of text takes a tenth of a second. */
export interface InspectTask {
  path: string;
  isUtf8: boolean;
}

export interface PlanTask extends InspectTask {
  choice: ImportChoice;
  fileKey: string;
}

export async function preview({ path, isUtf8 }: InspectTask): Promise<Preview> {
  return previewOf(await inspectFile(path, isUtf8));
}

export async function plan({ path, isUtf8, choice, fileKey }: PlanTask): Promise<Planned> {
  return planImport(await inspectFile(path, isUtf8), choice, fileKey);
}
