import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import type { Connector } from '../connector.ts';
import { connectors } from '../registry.ts';
import { bringsEverything, followsLateFigures, keepsPagesAndDays, takesBack } from './brings-everything.ts';
import { cases, type ContractCase } from './cases.ts';
import { getsOverFaults, tellsWhatIsClosed } from './gets-over-faults.ts';
import { openHarness, type Harness } from './harness.ts';
import { keepsSecrets, renewsAccess } from './keeps-access.ts';

/** All of it takes a quarter of an hour and more: where `LIFTOS_CONTRACT` does not say `whole`, these stand for the others. */
const examples: ReadonlySet<string> = new Set(['x_ads']);

/**
 * What every platform that is read live must keep, through the whole engine, against its double. One
 * platform keeps it on a server; for the others the embedded database is enough.
 */
export function contractOf(categories: readonly Connector['category'][]): void {
  const onServer = process.env.LIFTOS_TEST_DATABASE !== undefined;
  const covered = connectors.filter(
    ({ id, live, category }) => live && categories.includes(category) && (!onServer || id === 'meta_business'),
  );
  if (covered.length === 0) return void it.skip('on a server');
  describe.each(covered.map((connector) => ({ id: connector.id, connector })))('$id', ({ id, connector }) => {
    keeps(connector, cases[id]!);
  });
}

function keeps(connector: Connector, given: ContractCase): void {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness(connector, given);
  });
  afterAll(() => harness.close());
  beforeEach(() => {
    harness.control('reset');
    return harness.forget();
  });
  bringsEverything(connector, given, () => harness);
  const { LIFTOS_CONTRACT: extent, LIFTOS_TEST_DATABASE: server } = process.env;
  if (extent === 'whole' || server !== undefined || examples.has(connector.id)) {
    followsLateFigures(given, () => harness);
    if (connector.category === 'advertising') takesBack(given, () => harness);
    keepsPagesAndDays(connector, given, () => harness);
    getsOverFaults(given, () => harness);
    tellsWhatIsClosed(connector, given, () => harness);
    keepsSecrets(() => harness);
    renewsAccess(connector, given, () => harness);
  }
}
