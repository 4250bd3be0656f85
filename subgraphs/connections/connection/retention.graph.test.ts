import { afterAll, beforeAll, expect, it } from 'vitest';
import { createContext } from '@liftos/core/create-context.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { connections } from '../subgraph.ts';
import { startSync } from '../sync/sync.service.ts';
import { runsById } from '../sync/sync.view.ts';
import { addDays, dayIn } from '../sync/plan-slices.pure.ts';
import { fakeMemory } from '../testing/fake-memory.ts';
import { createMockConnection } from './connection.service.ts';
import { forgetOld } from './retention.ts';

const memory = fakeMemory();
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([connections], { remotePorts: { memory } });
});
afterAll(() => runtime.close());

it('data of a connection that keeps thirty days goes after thirty days, and that of another stays', async () => {
  const principal = testPrincipal(runtime.newOrganization());
  const context = createContext({ runtime, principal });
  const from = addDays(dayIn(new Date(), 'UTC'), -60);
  const [short, long] = [
    await createMockConnection(context, { platform: 'meta_business', name: 'Short', from }),
    await createMockConnection(context, { platform: 'meta_business', name: 'Long', from }),
  ];
  for (const { id } of [short, long]) {
    const { id: runId } = await startSync(context, id, 'MANUAL');
    await until(async () => (await runsById(context, [runId]))[0]?.state === 'SUCCEEDED');
  }
  const change =
    'mutation ($id: ID!) { updateConnection(input: { id: $id, retentionDays: 30 }) { connection { id } } }';
  await answer(connections, change, { runtime, principal, variables: { id: short.id } });
  const before = memory.rows(long.id, 'ad_daily');
  await forgetOld(runtime, AbortSignal.timeout(10_000));
  const days = memory.list(short.id, 'ad_daily').map(({ date }) => String(date));
  expect(days.toSorted((a, b) => a.localeCompare(b))[0]).toBe(addDays(dayIn(new Date(), 'UTC'), -31));
  expect(memory.rows(long.id, 'ad_daily')).toBe(before);
});
