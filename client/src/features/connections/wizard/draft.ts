import { type FieldValue } from '../access/field-values.ts';

/** What was chosen before one goes to the platform; secrets are never part of it. */
export interface WizardDraft {
  mode: 'AUTO' | 'LIVE' | 'HYBRID';
  method: string;
  name: string;
  from: string;
  schedule: string;
  currency: string;
  settings: FieldValue[];
}

function keyOf(platform: string): string {
  return `liftos.connect.${platform}`;
}

/** Keeps what was chosen in this tab, so that a login that is broken off loses nothing. */
export function keepDraft(platform: string, draft: WizardDraft): void {
  sessionStorage.setItem(keyOf(platform), JSON.stringify(draft));
}

/** What was kept; undefined when nothing was, or something that cannot be read. */
export function keptDraft(platform: string): Partial<WizardDraft> | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(platform)) ?? 'null');
    return typeof kept === 'object' && kept !== null ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function dropDraft(platform: string): void {
  sessionStorage.removeItem(keyOf(platform));
}
