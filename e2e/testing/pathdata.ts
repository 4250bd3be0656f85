import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { golden } from '@liftos/core/testing/golden.ts';
import { until } from '@liftos/core/testing/until.ts';
import type { Api } from './api.ts';

const dataPath = golden('causal/pathdata/PathData.csv.gz');
const expectedPath = golden('causal/pathdata/expected.json');

/** Whether the published data set is installed. */
export const hasPathData = dataPath !== null && expectedPath !== null;

export function pathData(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gunzipSync(readFileSync(dataPath ?? '')));
}

type Figures = Record<string, number>;

interface Expected {
  totals: { conversions: number; value: number; null: number };
  heuristics_conversions: Record<string, Figures>;
  heuristics_value: Record<string, Figures>;
  markov: { order1_with_null: { attributed_conversions: Figures; attributed_value: Figures; removal_effect: Figures } };
}

export interface Credit {
  key: string;
  conversions: number;
  value: number;
  removalEffect: number | null;
}

export interface AttributionResult {
  model: string;
  conversions: number;
  credits: Credit[];
}

const published: Record<string, string> = {
  FIRST_TOUCH: 'first_touch',
  LAST_TOUCH: 'last_touch',
  LINEAR: 'linear_touch',
  SHAPLEY: 'shapley_simplified_unique_channels',
};

function expectFigures(
  credits: readonly Credit[],
  field: 'conversions' | 'value',
  figures: Figures,
  tolerance: number,
): void {
  for (const [channel, figure] of Object.entries(figures)) {
    const credit = credits.find((candidate) => candidate.key === channel);
    expect(Math.abs((credit?.[field] ?? Number.NaN) - figure), `${field} of ${channel}`).toBeLessThanOrEqual(tolerance);
  }
}

/** Holds results against the published ones: rule models and Shapley to 1e-5, Markov to 1e-6 of exact effects. */
export function expectPublished(results: readonly AttributionResult[]): void {
  const expected = JSON.parse(readFileSync(expectedPath ?? '', 'utf8')) as Expected;
  const of = (model: string) => results.find((result) => result.model === model)?.credits ?? [];
  for (const [model, name] of Object.entries(published)) {
    expectFigures(of(model), 'conversions', expected.heuristics_conversions[name]!, 1e-5);
    expectFigures(of(model), 'value', expected.heuristics_value[name]!, 1e-5);
  }
  const markov = expected.markov.order1_with_null;
  for (const credit of of('MARKOV')) expect(credit.removalEffect).toBeCloseTo(markov.removal_effect[credit.key]!, 6);
  expectFigures(of('MARKOV'), 'conversions', markov.attributed_conversions, 2e-6);
  expectFigures(of('MARKOV'), 'value', markov.attributed_value, 1e-3);
  for (const model of ['TIME_DECAY', 'POSITION_BASED']) {
    const sum = of(model).reduce((total, credit) => total + credit.conversions, 0);
    expect(sum, model).toBeCloseTo(expected.totals.conversions, 5);
  }
}

const importText = `mutation ($input: ImportUploadInput!) { importUpload(input: $input) { connection { id } syncRun { id } } }`;
const previewText = `query ($id: ID!) { uploadPreview(uploadId: $id) { kind problems columns { name guess } } }`;
const runText = 'query ($id: ID!) { syncRun(id: $id) { state reasons progress { rowsAccepted rowsRejected } } }';

interface Preview {
  uploadPreview: { kind: string; problems: string[]; columns: { name: string; guess: string }[] };
}

/** Uploads a file and imports it with the guessed mapping. Gives the ids once the import has begun. */
export async function beginImport(api: Api, bytes: Uint8Array<ArrayBuffer>, fileName: string) {
  const uploadId = await api.upload('', fileName, bytes);
  const { uploadPreview } = await api.ask<Preview>(previewText, { id: uploadId });
  expect(uploadPreview.problems).toEqual([]);
  const mapping = uploadPreview.columns.map(({ name, guess }) => ({ column: name, meaning: guess }));
  const input = { uploadId, kind: uploadPreview.kind, mapping };
  const { importUpload } = await api.ask<{ importUpload: { connection: { id: string }; syncRun: { id: string } } }>(
    importText,
    { input },
  );
  return { connectionId: importUpload.connection.id, syncRunId: importUpload.syncRun.id };
}

interface SyncRun {
  state: string;
  reasons: string[];
  progress: { rowsAccepted: number; rowsRejected: number };
}

/** Waits for the end of a sync run. */
export function finished(api: Api, id: string, millis = 60_000): Promise<SyncRun> {
  return until(async () => {
    const { syncRun } = await api.ask<{ syncRun: SyncRun }>(runText, { id });
    return !['QUEUED', 'RUNNING'].includes(syncRun.state) && syncRun;
  }, millis);
}

const attributeText = 'mutation ($input: RunAttributionInput!) { runAttribution(input: $input) { run { id } } }';
const resultText = `query ($id: ID!) { attributionRun(id: $id) { state error warnings inputs { journeys conversions nulls }
  results { model conversions credits { key conversions value removalEffect } } } }`;

interface Run {
  state: string;
  error: string | null;
  inputs: { journeys: number; conversions: number; nulls: number };
  results: AttributionResult[];
}

/** Computes attribution and waits for the result. */
export async function attribute(api: Api, input: Record<string, unknown> = {}): Promise<Run> {
  const { runAttribution } = await api.ask<{ runAttribution: { run: { id: string } } }>(attributeText, { input });
  return until(async () => {
    const { attributionRun } = await api.ask<{ attributionRun: Run }>(resultText, { id: runAttribution.run.id });
    return !['QUEUED', 'RUNNING'].includes(attributionRun.state) && attributionRun;
  }, 60_000);
}
