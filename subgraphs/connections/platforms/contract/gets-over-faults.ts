import { expect, it } from 'vitest';
import type { Connector } from '../connector.ts';
import type { ContractCase } from './cases.ts';
import { addDays } from '../../sync/plan-slices.pure.ts';
import { accountsOf, expectTotals, recent, today } from './figures.ts';
import type { Harness } from './harness.ts';
import { deaths } from './mortal.ts';

/** What goes wrong for a moment costs time, not data. */
export function getsOverFaults(given: ContractCase, open: () => Harness): void {
  it('waits when it is told to slow down, and loses nothing', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    harness.control('throttle', { calls: 3, waitSeconds: 1 });
    const { run } = await harness.sync(connection);
    if (!given.only && !given.open) expect(run.reasons.join(' ')).toContain('Partner Agency');
    expectTotals(harness, given, connection, recent);
  });

  it('gets over answers that break off, that are web pages, errors, or never come', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    for (const fault of ['truncateJson', 'html', 'fail', 'hang']) harness.control(fault, { calls: 1, status: 500 });
    await harness.sync(connection);
    expectTotals(harness, given, connection, recent);
  });

  it.skipIf(given.noCap)('asks for less when it was too much', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    harness.control('tooMuchData', { limitDays: 1 });
    const { slices } = await harness.sync(connection);
    expect(slices.some(({ state }) => state === 'SPLIT')).toBe(true);
    expectTotals(harness, given, connection, recent);
  });

  it.runIf(given.noCap)(`pages to the end, however much it is: ${given.noCap ?? 'there is a cap'}`, async () => {
    const harness = open();
    const from = addDays(today, -12);
    const connection = await harness.connect(from);
    const { slices } = await harness.sync(connection);
    expect(slices.filter(({ state }) => state === 'SPLIT')).toEqual([]);
    const sizes = new Map(harness.connector.live!.streams.map(({ name, pageSize }) => [name, pageSize]));
    const long = slices.filter((slice) => slice.batches > 2 && slice.rows_read > 2 * (sizes.get(slice.stream) ?? 0));
    expect(long.map(({ state }) => state)).toContain('SUCCEEDED');
    expectTotals(harness, given, connection, from);
  });

  // A server has processes that are truly killed, in tests of their own.
  it.skipIf(process.env.LIFTOS_TEST_DATABASE)(
    'ends as if nothing had been, killed before and after each of its steps',
    async () => {
      const harness = open();
      const from = addDays(today, -1);
      const undisturbed = await harness.connect(from);
      const { run: expected } = await harness.sync(undisturbed);
      const connection = await harness.connect(from);
      const { run, slices } = await harness.syncThrough(connection, deaths);
      expect({ state: run.state, reasons: run.reasons }).toEqual({ state: expected.state, reasons: expected.reasons });
      expect(slices.filter(({ state }) => state === 'QUEUED' || state === 'RUNNING')).toEqual([]);
      expect(harness.memory.snapshot(connection)).toEqual(harness.memory.snapshot(undisturbed));
      expectTotals(harness, given, connection, from);
    },
  );
}

/** What cannot be read is told by its name. */
export function tellsWhatIsClosed(connector: Connector, given: ContractCase, open: () => Harness): void {
  it('ends with the name of an account that is closed in between, and keeps the others', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    const [account] = accountsOf(harness, given);
    harness.control('forbidAccount', { account: account!.id });
    const { run, slices } = await harness.sync(connection);
    expect(run.state).toBe(given.only ? 'FAILED' : 'PARTIAL');
    if (given.only) return;
    if (!given.open) expect(run.reasons.join(' ')).toContain(account!.name);
    expect(slices.some(({ state, account_id: own }) => state === 'SUCCEEDED' && own !== account!.id)).toBe(true);
  });

  it('says so when its version was switched off', async () => {
    const harness = open();
    const connection = await harness.connect(recent);
    harness.control('versionOff', { version: connector.live!.version });
    const { run, slices } = await harness.sync(connection);
    expect(run.state).toBe('FAILED');
    expect(slices.map(({ failure }) => failure)).toContain('version_sunset');
    const { name, live } = connector;
    expect(run.reasons.join(' ')).toContain(
      `${name} has switched off version ${live!.version} of its API. Update LiftOS;`,
    );
  });
}
