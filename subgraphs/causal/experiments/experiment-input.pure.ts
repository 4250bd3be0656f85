import type { ExperimentInput } from '../schema.generated.ts';
import { invalidSettings, type ExperimentSettings } from './settings.pure.ts';

export interface Planned {
  readonly name: string;
  readonly hypothesis: string;
  readonly settings: ExperimentSettings;
}

const longestText = 4000;

/** What an input stands for, or the first thing wrong with it. */
export function plannedBy(input: ExperimentInput): Planned | { field: string; reason: string } {
  const { ab, geo } = input;
  const [name, hypothesis] = [input.name.trim(), input.hypothesis ?? ''];
  if (name.length === 0 || name.length > 200) return { field: 'name', reason: 'A name has 1 to 200 characters.' };
  if (hypothesis.length > longestText) {
    return { field: 'hypothesis', reason: `A hypothesis has at most ${longestText} characters.` };
  }
  const settings = ab && !geo ? abSettings(ab) : geo && !ab ? geoSettings(geo) : null;
  if (!settings) return { field: 'ab', reason: 'Give either ab or geo.' };
  return invalidSettings(settings) ?? { name, hypothesis, settings };
}

/** Those of the schema. */
const planDefaults = { scale: 'RELATIVE', alpha: 0.05, power: 0.8, sequential: true, correlation: 0 } as const;
const abDefaults = { unit: 'users', correction: 'HOLM', source: 'POSTED', mock: false } as const;
const geoDefaults = { kpi: 'REVENUE', basis: 'CLAIMED', alpha: 0.1, power: 0.8, mock: false } as const;

function abSettings({ arms, metrics, plan, ...rest }: NonNullable<ExperimentInput['ab']>): ExperimentSettings {
  return {
    kind: 'AB',
    ...abDefaults,
    ...rest,
    arms: arms.map(({ name, share = 1, campaign }) => ({
      name: name.trim(),
      share,
      campaign: campaign?.trim() || null,
    })),
    metrics: metrics.map(({ name, kind = 'SHARE', adjusted = false }) => ({ name: name.trim(), kind, adjusted })),
    plan: {
      ...planDefaults,
      ...plan,
      sd: plan.sd ?? null,
      unitsPerDay: plan.unitsPerDay ?? null,
      costPerUnit: plan.costPerUnit ?? null,
    },
  };
}

function geoSettings({ connectionIds, channel, ...rest }: NonNullable<ExperimentInput['geo']>): ExperimentSettings {
  return {
    kind: 'GEO',
    ...geoDefaults,
    ...rest,
    channel: channel.trim(),
    connectionIds: connectionIds ?? null,
  };
}
