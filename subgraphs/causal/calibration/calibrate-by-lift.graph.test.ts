import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import type { MemoryPort, RecordFrame } from '@liftos/core/ports/memory.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { closePools } from '@liftos/core/worker-pool.ts';
import { evaluated, type Asking } from '../lift/testing/lift-client.ts';
import { dayAt, regionRecords } from '../lift/testing/region-records.ts';
import type { CalibrateByLiftInput, Calibration, LiftRecordsInput } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';

const stored = new Map<string, RecordFrame>();
const memory = {
  records: ({ organizationId }: Principal) => Promise.resolve(structuredClone(stored.get(organizationId))),
};
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([causal], { remotePorts: { memory: memory as unknown as MemoryPort } });
});
afterAll(async () => {
  await runtime.close();
  await closePools();
});

const text = `mutation ($input: CalibrateByLiftInput!) { calibrateByLift(input: $input) { calibration {
  channel region origin originId spend spendChange kpiChange standardError method note perSpend { estimate } } } }`;
const records: LiftRecordsInput = {
  basis: 'BOOKED',
  from: dayAt(0),
  to: dayAt(69),
  treated: ['north'],
  start: dayAt(56),
  spendChannel: 'Search',
};

function newAsking(treated: readonly string[] = ['north']): Asking {
  const principal = testPrincipal(runtime.newOrganization());
  stored.set(principal.organizationId, regionRecords({ treated }));
  return { runtime, principal };
}

async function calibrate(asking: Asking, input: CalibrateByLiftInput): Promise<Calibration> {
  const data = await answer<{ calibrateByLift: { calibration: Calibration } }>(causal, text, {
    ...asking,
    variables: { input },
  });
  return data.calibrateByLift.calibration;
}

async function refusal(asking: Asking, input: CalibrateByLiftInput): Promise<unknown> {
  return (await ask(causal, text, { ...asking, variables: { input } })).errors?.[0]?.extensions;
}

describe('calibrateByLift', () => {
  it('keeps what an evaluation of one region found, once, for its organisation alone', async () => {
    const asking = newAsking();
    const { id, result } = await evaluated(asking, { method: 'SYNTHETIC_CONTROL', records });
    const kept = await calibrate(asking, { evaluationId: id });
    expect(kept).toMatchObject({
      channel: 'Search',
      region: 'north',
      origin: 'LIFT_EVALUATION',
      originId: id,
      spend: 20,
    });
    expect(kept).toMatchObject({ method: 'lift, synthetic control', note: null });
    expect(kept.perSpend.estimate).toBeCloseTo(result!.iroas!.value, 9);
    expect(await refusal(asking, { evaluationId: id })).toMatchObject({ code: 'CONFLICT' });
    expect(await refusal(newAsking(), { evaluationId: id })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('scales several regions up to all by their share of the spend, and asks for it', async () => {
    const asking = newAsking(['north', 'south']);
    const several = { ...records, treated: ['north', 'south'] };
    const { id, result } = await evaluated(asking, { method: 'SYNTHETIC_CONTROL', records: several });
    const field = { code: 'BAD_USER_INPUT', field: 'input.shareOfSpend' };
    expect(await refusal(asking, { evaluationId: id })).toMatchObject(field);
    expect(await refusal(asking, { evaluationId: id, shareOfSpend: 2 })).toMatchObject(field);
    const kept = await calibrate(asking, { evaluationId: id, shareOfSpend: 0.5 });
    expect(kept).toMatchObject({ region: null, note: expect.stringMatching('50 %') as string });
    expect(kept.perSpend.estimate).toBeCloseTo(result!.iroas!.value, 9);
    expect(kept.spendChange).toBeCloseTo((2 * result!.spend!.totalChange) / 14, 9);
  });
});
