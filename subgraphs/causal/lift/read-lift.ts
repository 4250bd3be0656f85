import { createHash } from 'node:crypto';
import { tables, type Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { LiftChoice } from './lift-choice.pure.ts';
import { startsOf, type LiftData, type Spend } from './lift-data.pure.ts';
import type { PanelInput } from './panel-input.pure.ts';
import { panelOfColumns } from './panel-of-columns.pure.ts';
import { panelOfRecords, type RecordsChoice } from './panel-of-records.pure.ts';
import type { LiftInputs, LiftPanelColumns } from './tables.ts';

export interface ReadLift {
  readonly data: LiftData;
  readonly inputs: LiftInputs;
  readonly warnings: readonly string[];
}

/** The data that a choice selects. Throws BAD_USER_INPUT naming the field where they cannot be read. */
export async function readLift(context: Context, choice: LiftChoice, panel: PanelInput | null): Promise<ReadLift> {
  if (panel) return fromPanel(choice, panel);
  if (!choice.records) throw new AppError('INTERNAL', 'An evaluation has neither records nor a panel.');
  return fromRecords(context, choice, choice.records);
}

/** The panel that was given with an evaluation; null when it reads records. */
export async function storedPanel(context: Context, id: string | null): Promise<PanelInput | null> {
  if (id === null) return null;
  const db = tables<{ 'causal.lift_panel': LiftPanelColumns }>(context);
  const { panel } = await db
    .selectFrom('causal.lift_panel')
    .select('panel')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return panel;
}

function fromPanel(choice: LiftChoice, panel: PanelInput): ReadLift {
  const { data, warnings } = panelOfColumns(panel);
  const length = treatedLength(data);
  const { spendChange: total } = choice;
  const spend: Spend | null =
    total === null
      ? null
      : { before: null, change: total / length, totalChange: total, currency: panel.currency, given: true };
  const complete = { ...data, spend };
  const about = {
    source: 'PANEL',
    valueName: panel.valueName ?? 'Value',
    currency: panel.currency,
    sourceKinds: [],
    filled: 0,
  } as const;
  return { data: complete, inputs: inputsOf(complete, about), warnings };
}

async function fromRecords(context: Context, choice: LiftChoice, records: RecordsChoice): Promise<ReadLift> {
  const frame = await context.ports.memory.records(context, {
    from: records.from,
    to: records.to,
    sourceKinds: records.mock ? ['mock'] : ['live', 'file'],
    ...(records.connectionIds === null ? {} : { connectionIds: records.connectionIds }),
  });
  const read = panelOfRecords(frame, records);
  const { spendChange: total } = choice;
  const spend: Spend | null =
    total === null
      ? read.data.spend
      : {
          before: read.data.spend?.before ?? null,
          change: total / treatedLength(read.data),
          totalChange: total,
          currency: read.currency,
          given: true,
        };
  const data = { ...read.data, spend };
  const valueName = records.kpi[0] + records.kpi.slice(1).toLowerCase();
  const money = records.kpi === 'REVENUE' || records.kpi === 'SPEND' || spend !== null;
  const about = {
    source: 'RECORDS',
    valueName,
    currency: money ? read.currency : null,
    sourceKinds: read.sourceKinds,
    filled: read.filled,
  } as const;
  return { data, inputs: inputsOf(data, about), warnings: read.warnings };
}

function treatedLength(data: LiftData): number {
  const { periods } = data.panel;
  const last = data.end === null ? periods.length : periods.indexOf(data.end) + 1;
  return Math.max(1, last - periods.indexOf(startsOf(data)[0]!));
}

type About = Pick<LiftInputs, 'source' | 'valueName' | 'currency' | 'sourceKinds' | 'filled'>;

function inputsOf(data: LiftData, about: About): LiftInputs {
  const { panel, treatments } = data;
  const treated = treatments.map(({ unit }) => unit);
  return {
    ...about,
    treated,
    controls: panel.units.filter((unit) => !treated.includes(unit)),
    periods: panel.periods.length,
    firstPeriod: panel.periods[0]!,
    lastPeriod: panel.periods.at(-1)!,
    start: startsOf(data)[0]!,
    dataHash: hashOf(data),
  };
}

function hashOf({ panel, treatments, end, covariates, spend }: LiftData): string {
  const text = JSON.stringify([panel.units, panel.periods, treatments, end, covariates.map(({ name }) => name), spend]);
  const hash = createHash('sha256').update(text).update(panel.outcomes.data);
  for (const { values } of covariates) hash.update(values.data);
  return hash.digest('hex');
}
