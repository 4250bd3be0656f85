import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { closePools } from '@liftos/core/worker-pool.ts';
import { zeros } from '../numerics/linear/matrix.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { readExpected } from '../numerics/testing/read-table.ts';
import { reproduced, same } from '../reproduction/testing/reproduced.ts';
import type { Experiment, ExperimentInput, MarketSelection, RunMarketSelectionInput } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';
import type { Panel } from '../synthetic-control/panel.pure.ts';
import { readPanel } from '../synthetic-control/testing/read-panel.ts';
import { createRegionMemory } from './testing/region-memory.ts';

const designText = `markets duration windows falsePositiveRate detectable investment share scaledL2 rank liftAtZero l2
  effects { effect power estimate lift investment } warnings`;
const selectionText = `id state progress error conclusion warnings inputs { regions days currency dataHash }
  designs { ${designText} } disjoint(cells: 2) { markets }`;
const runText = `mutation ($input: RunMarketSelectionInput!) {
  runMarketSelection(input: $input) { selection { ${selectionText} } } }`;
const showText = `query ($id: ID!) { marketSelection(id: $id) { ${selectionText} } }`;
const cancelText = 'mutation ($id: ID!) { cancelMarketSelection(id: $id) { selection { state } } }';
const experimentText = `id state startedOn endsOn
  geoDesign { method cells { name markets } controls groups power { ${designText} } conclusion warnings }
  analysis { asOf days final conclusion problem { code } inputs { dataHash sourceKinds currency }
    cells { cell markets relative pValue adjustedPValue standardError incremental { estimate low high }
      perSpend { estimate low high } spend spendChange series { day treated cumulative } conclusion warnings } }
  calibrations { channel kpi spend spendChange kpiChange standardError perSpend { estimate } note }`;
const createText = `mutation ($input: ExperimentInput!) { done: createExperiment(input: $input) { experiment { ${experimentText} } } }`;
const planText = `mutation ($id: ID!, $geo: GeoDesignInput) { done: designExperiment(id: $id, geo: $geo) { experiment { ${experimentText} } } }`;
const startText = `mutation ($id: ID!, $startOn: Date, $days: Int) {
  done: startExperiment(id: $id, startOn: $startOn, days: $days) { experiment { ${experimentText} } } }`;
const completeText = `mutation ($id: ID!) { done: completeExperiment(id: $id) { experiment { ${experimentText} } } }`;
const decideText = `mutation ($input: DecideExperimentInput!) { done: decideExperiment(input: $input) { experiment { ${experimentText} } } }`;

const memory = createRegionMemory();
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([causal], { remotePorts: { memory: memory.port } });
});
afterAll(async () => {
  await runtime.close();
  await closePools();
});

const columns = { unit: 'location', period: 'date', value: 'Y' };
const history = readPanel('causal/geolift/GeoLift_PreTest.csv.gz', columns);
const tested = readPanel('causal/geolift/GeoLift_Test.csv.gz', columns);
interface Row {
  locations: string[];
  duration: number;
  effect: number;
  att: number;
  estimated_lift: number;
  scaled_l2: number;
  share_of_total: number;
  lift_at_zero_effect: number;
}
const expected = readExpected<{
  market_selection: { rows: Row[]; tolerance: Record<string, number> };
  test: { ridge_augmented: { att: { value: number; tolerance: number } } };
}>('causal/geolift/expected.json');

/** Markets with a size of their own in a common season; `lifted` gains 20 % from day 90. */
function makePanel(days = 118, markets = 12, lifted = ''): Panel {
  const random = stream(5);
  const units = Array.from({ length: markets }, (_, market) => `m${String(market).padStart(2, '0')}`);
  const outcomes = zeros(days, markets);
  const common = Array.from({ length: days }, (_, day) => 0.1 * Math.sin(day / 1.114) + 0.05 * random.normal());
  units.forEach((unit, market) => {
    const size = 100 * Math.exp(0.5 * random.normal());
    for (let day = 0; day < days; day++) {
      const lift = unit === lifted && day >= 90 ? 1.2 : 1;
      outcomes.data[market * days + day] = lift * size * Math.exp(common[day]! + 0.02 * random.normal());
    }
  });
  const periods = Array.from({ length: days }, (_, day) =>
    new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10),
  );
  return { units, periods, outcomes };
}

function newPrincipal(panel: Panel, spend: (market: string, day: string) => number = () => 10): Principal {
  const principal = testPrincipal(runtime.newOrganization());
  memory.put(principal.organizationId, { panel, channel: 'Search', spend });
  return principal;
}

async function select(principal: Principal, input: RunMarketSelectionInput): Promise<MarketSelection> {
  const options = { runtime, principal, variables: { input } };
  type Started = { runMarketSelection: { selection: MarketSelection } };
  const { id } = (await answer<Started>(causal, runText, options)).runMarketSelection.selection;
  return ended(principal, id, ['SUCCEEDED', 'FAILED', 'CANCELLED']);
}

function ended(principal: Principal, id: string, states: readonly string[]): Promise<MarketSelection> {
  return until(async () => {
    const options = { runtime, principal, variables: { id } };
    const { marketSelection } = await answer<{ marketSelection: MarketSelection }>(causal, showText, options);
    return states.includes(marketSelection.state) ? marketSelection : null;
  });
}

async function change(principal: Principal, document: string, variables: object): Promise<Experiment> {
  const options = { runtime, principal, variables: { ...variables } };
  return (await answer<{ done: { experiment: Experiment } }>(causal, document, options)).done.experiment;
}

const allYear = { from: '2020-01-01', to: '2030-01-01' };

describe('runMarketSelection', () => {
  it.skipIf(!history || !expected)(
    'finds the published designs of forty cities, with their false positives (skipped without golden data)',
    async () => {
      const principal = newPrincipal(history!);
      const { rows, tolerance } = expected!.market_selection;
      for (const row of rows.slice(0, 2)) {
        const others = history!.units.filter((unit) => !row.locations.includes(unit));
        const selection = await select(principal, {
          ...allYear,
          sizes: [row.locations.length],
          include: row.locations,
          exclude: others,
          durations: [row.duration],
          effects: [row.effect],
          windows: 1,
          shareTo: 1,
        });
        expect(selection).toMatchObject({ state: 'SUCCEEDED', inputs: { days: 90, currency: 'EUR' } });
        const [design] = selection.designs;
        expect(design!.markets.toSorted()).toEqual(row.locations.toSorted());
        expect(Math.abs(design!.effects[0]!.estimate - row.att)).toBeLessThan(0.01 * Math.abs(row.att));
        expect(Math.abs(design!.scaledL2 - row.scaled_l2)).toBeLessThan(tolerance.scaled_l2 ?? 1e-3);
        expect(Math.abs(design!.share - row.share_of_total)).toBeLessThan(1e-4);
        expect(design!.falsePositiveRate).toBeGreaterThanOrEqual(0);
      }
    },
  );

  it('ranks designs on windows of history, and gives the same when searched again', async () => {
    const principal = newPrincipal(makePanel());
    const input = {
      ...allYear,
      sizes: [1, 2],
      durations: [10],
      effects: [0.05, 0.2],
      windows: 10,
      costPerIncremental: 2,
    };
    const selection = await select(principal, input);
    expect(selection.designs[0]).toMatchObject({ rank: 1, windows: 10, duration: 10 });
    expect(selection.conclusion).toMatch(/The best design treats .* of 10 windows of history\./);
    const [first, second] = selection.disjoint;
    expect(first!.markets.some((market) => second!.markets.includes(market))).toBe(false);
    expect(await reproduced({ runtime, principal }, 'MARKET_SELECTION', selection.id)).toEqual(same);
    const hidden = { runtime, principal: newPrincipal(makePanel()), variables: { id: selection.id } };
    expect(await answer(causal, showText, hidden)).toEqual({ marketSelection: null });
  });

  it('stops when cancelled, and says what history is too short for', async () => {
    const principal = newPrincipal(makePanel(330, 60));
    const input = { ...allYear, sizes: [3, 4, 5], durations: [14, 21, 28], windows: 60 };
    const options = { runtime, principal, variables: { input } };
    type Started = { runMarketSelection: { selection: MarketSelection } };
    const { id } = (await answer<Started>(causal, runText, options)).runMarketSelection.selection;
    await ended(principal, id, ['RUNNING']);
    const begin = performance.now();
    await answer(causal, cancelText, { runtime, principal, variables: { id } });
    expect((await ended(principal, id, ['SUCCEEDED', 'CANCELLED'])).state).toBe('CANCELLED');
    expect(performance.now() - begin).toBeLessThan(1000);
    const short = await select(newPrincipal(makePanel(30)), { ...allYear, durations: [14] });
    expect(short).toMatchObject({ state: 'FAILED', error: expect.stringMatching('needs 61 periods') as string });
    const none = await select(testPrincipal(runtime.newOrganization()), allYear);
    expect(none).toMatchObject({ state: 'FAILED', error: expect.stringMatching('which region it is of') as string });
  });

  it.each<[string, Partial<RunMarketSelectionInput>]>([
    ['input.to', { to: '2019-01-01' }],
    ['input.effects', { effects: [-0.1, 0.1] }],
    ['input.sizes', { sizes: [0] }],
    ['input.exclude', { include: ['a'], exclude: ['a'] }],
    ['input.shareTo', { shareFrom: 0.5, shareTo: 0.2 }],
  ])('refuses %s that cannot be used, naming it', async (field, changed) => {
    const variables = { input: { ...allYear, ...changed } };
    const { errors } = await ask(causal, runText, { runtime, principal: newPrincipal(makePanel()), variables });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});

const geo: ExperimentInput = { name: 'More search', geo: { channel: 'Search', from: '2025-01-01' } };

describe('a geo experiment', () => {
  it('is judged at its planned end only, and calibrates by what was spent', async () => {
    const panel = makePanel(118, 12, 'm03');
    const start = panel.periods[90]!;
    const principal = newPrincipal(panel, (market, day) => (market === 'm03' && day >= start ? 30 : 10));
    const { id } = await change(principal, createText, { input: geo });
    const cells = [{ name: 'north', markets: ['m03'] }];
    const designed = await change(principal, planText, { id, geo: { cells, days: 28, windows: 5, effects: [0.2] } });
    expect(designed.geoDesign).toMatchObject({ method: 'CHOSEN', cells, power: [{ windows: 5 }] });
    const watched = await change(principal, startText, { id, startOn: start, days: 40 });
    expect(watched.analysis).toMatchObject({ asOf: panel.periods.at(-1), days: 28, final: false });
    expect(watched.analysis!.cells[0]).toMatchObject({ pValue: null, standardError: null });
    expect(watched.analysis!.conclusion).toMatch('is said at the planned end');
    const late = await change(principal, createText, { input: geo });
    await change(principal, planText, { id: late.id, geo: { cells, days: 28, windows: 5, effects: [0.2] } });
    await change(principal, startText, { id: late.id, startOn: start });
    const done = await change(principal, completeText, { id: late.id });
    const [cell] = done.analysis!.cells;
    expect(done.analysis!.final).toBe(true);
    expect(cell!.relative).toBeCloseTo(0.2, 1);
    expect(cell).toMatchObject({ spend: 10, spendChange: 20 });
    expect(cell!.series.filter(({ treated }) => treated)).toHaveLength(28);
    const decision = { id: late.id, verdict: 'SHIP', why: 'It pays.', calibration: { channel: 'Search' } };
    const [calibration] = (await change(principal, decideText, { input: decision })).calibrations;
    expect(calibration).toMatchObject({
      channel: 'Search',
      kpi: 'REVENUE',
      note: expect.stringMatching('m03') as string,
    });
    expect(calibration!.spend).toBeCloseTo(120, 8);
    expect(calibration!.perSpend.estimate).toBeCloseTo(cell!.perSpend!.estimate, 8);
    expect(await reproduced({ runtime, principal }, 'EXPERIMENT', late.id)).toEqual(same);
  });

  it.skipIf(!tested || !expected)(
    'has the published effect in Chicago and Portland (skipped without golden data)',
    async () => {
      const principal = newPrincipal(tested!);
      const from = tested!.periods[0]!;
      const { id } = await change(principal, createText, { input: { name: 'x', geo: { channel: 'Search', from } } });
      const cells = [{ name: 'both', markets: ['chicago', 'portland'] }];
      await change(principal, planText, { id, geo: { cells, days: 15, windows: 1, effects: [0.1] } });
      await change(principal, startText, { id, startOn: tested!.periods[90]!, days: 15 });
      const { analysis } = await change(principal, completeText, { id });
      const { att } = expected!.test.ridge_augmented;
      expect(Math.abs(analysis!.cells[0]!.incremental.estimate / 30 - att.value)).toBeLessThan(att.tolerance);
    },
  );

  it('draws markets in pairs and strata, the same by seed', async () => {
    const principal = newPrincipal(makePanel());
    const { id } = await change(principal, createText, { input: geo });
    const plan = { days: 10, windows: 2, effects: [0.2], method: 'PAIRED', seed: 4 };
    const paired = await change(principal, planText, { id, geo: plan });
    expect(paired.geoDesign!.groups).toHaveLength(6);
    expect(paired.geoDesign!.controls).toHaveLength(6);
    expect(await change(principal, planText, { id, geo: plan })).toEqual(paired);
    const drawn = await change(principal, planText, { id, geo: { ...plan, method: 'STRATIFIED', treatedShare: 0.25 } });
    expect(drawn.geoDesign!.cells[0]!.markets).toHaveLength(3);
  });

  it.each<[string, object]>([
    ['geo', { id: 1 }],
    ['geo.cells', { geo: { days: 10 } }],
    ['geo.cells.0.markets', { geo: { days: 10, cells: [{ name: 'a', markets: ['nowhere'] }] } }],
    ['geo.days', { geo: { days: 0, cells: [] } }],
    ['geo.treatedShare', { geo: { days: 10, method: 'STRATIFIED', treatedShare: 0.99 } }],
  ])('refuses %s that cannot be designed, naming it', async (field, variables) => {
    const principal = newPrincipal(makePanel());
    const { id } = await change(principal, createText, { input: geo });
    const { errors } = await ask(causal, planText, { runtime, principal, variables: { ...variables, id } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});
