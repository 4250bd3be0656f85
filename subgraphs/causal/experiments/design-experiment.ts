import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { designAbTest } from '../ab/ab.service.ts';
import type { Design as MarketDesign } from '../geo-lift/select-markets.pure.ts';
import { inField } from '../ab/in-field.ts';
import { figure } from '../synthetic-control/describe-effect.pure.ts';
import type { GeoDesignInput } from '../schema.generated.ts';
import { assignPairs, assignStrata } from './assign-markets.pure.ts';
import { changeExperiment, lockFor, requireAllowed } from './change-experiment.ts';
import { lastWholeDay } from './days.pure.ts';
import type { ExperimentDesign, GeoCell, GeoDesigned } from './design.pure.ts';
import { requireExperiment, type Experiment } from './experiment.view.ts';
import { selectInPool } from './in-pool.ts';
import { readRegions } from './read-regions.ts';
import type { RegionPanel } from './region-panel.pure.ts';
import type { AbSettings, GeoSettings } from './settings.pure.ts';

/** Those of the schema. */
const geoDefaults = {
  method: 'CHOSEN' as const,
  treatedShare: 0.25,
  effects: [0.02, 0.05, 0.1, 0.15, 0.2, 0.25],
  windows: 20,
  costPerIncremental: 0,
  seed: 1,
} satisfies Partial<GeoDesignInput>;

type GivenDesign = Omit<GeoDesignInput, keyof typeof geoDefaults> & {
  readonly [Key in keyof typeof geoDefaults]-?: NonNullable<GeoDesignInput[Key]>;
};

/**
 * Find the size of an A/B experiment, or judge the markets of a geo experiment on history. Throws NOT_FOUND, CONFLICT,
 * and BAD_USER_INPUT naming the field.
 */
export async function designExperiment(
  context: Context,
  id: string,
  geo: GeoDesignInput | null | undefined,
): Promise<Experiment> {
  const { state, settings } = await requireExperiment(context, id);
  requireAllowed(state, 'DESIGN');
  const design = settings.kind === 'AB' ? designArms(settings) : await designMarkets(context, settings, geo);
  return transaction(context, async (tx) => {
    const locked = await lockFor(tx, id, 'DESIGN');
    if (JSON.stringify(locked.settings) !== JSON.stringify(settings)) {
      throw badInput('id', 'The experiment was changed meanwhile; design it again.');
    }
    return changeExperiment(tx, locked, 'DESIGN', { design: JSON.stringify(design) });
  });
}

function designArms({ plan, metrics, arms }: AbSettings): ExperimentDesign {
  const metric = metrics[0]!.kind === 'SHARE' ? 'SHARE' : 'MEAN';
  const shares = arms.map(({ share }) => share);
  return { kind: 'AB', plan: designAbTest({ ...plan, metric, shares }, 'input.ab.plan') };
}

async function designMarkets(
  context: Context,
  settings: GeoSettings,
  input: GeoDesignInput | null | undefined,
): Promise<GeoDesigned> {
  if (!input) throw badInput('geo', 'Say how markets are chosen and for how many days.');
  const given: GivenDesign = { ...geoDefaults, ...input };
  if (!(given.days >= 1 && given.days <= 365)) throw badInput('geo.days', 'A test takes 1 to 365 days.');
  const { from, channel, alpha, power } = settings;
  const span = { from, to: lastWholeDay(context.now()), channel };
  const { read, inputs } = await readRegions(context, settings, span);
  const { cells, groups } = cellsOf(read, given);
  const untouched = given.untouched ?? [];
  const designs: MarketDesign[] = [];
  for (const cell of cells) {
    const others = cells.filter((other) => other !== cell).flatMap(({ markets }) => markets);
    const options = {
      durations: [given.days],
      effects: given.effects,
      windows: given.windows,
      costPerIncremental: given.costPerIncremental,
      alpha,
      power,
      share: { from: 0, to: 1 },
      untouched: [...others, ...untouched],
    };
    const task = { history: read.panel, candidates: [cell.markets], options };
    designs.push((await selectInPool(task, context.signal))[0]!);
  }
  const treated = new Set(cells.flatMap(({ markets }) => markets));
  const controls = read.panel.units.filter((unit) => !treated.has(unit) && !untouched.includes(unit));
  const { method, seed, days } = given;
  const shared = {
    kind: 'GEO',
    method,
    seed,
    days,
    cells,
    controls,
    untouched,
    groups,
    power: designs,
    inputs,
  } as const;
  return {
    ...shared,
    conclusion: cells.map((cell, index) => conclude(cell, designs[index]!, power)).join(' '),
    assumptions: [
      'Markets will move with each other as they did in the windows of history that were tried.',
      'People do not cross from one market to another in numbers that matter.',
      ...(method === 'CHOSEN'
        ? ['Treated markets were chosen, not drawn: the evaluation rests on the fit alone.']
        : []),
    ],
    warnings: [...read.warnings, ...new Set(designs.flatMap(({ warnings }) => warnings))],
  };
}

function cellsOf({ panel }: RegionPanel, given: GivenDesign): Pick<GeoDesigned, 'cells' | 'groups'> {
  if (given.method === 'PAIRED') {
    const { treated, groups } = inField('geo.method', () => assignPairs(panel, given.seed));
    return { cells: [{ name: 'treated', markets: treated }], groups };
  }
  if (given.method === 'STRATIFIED') {
    const { treated, groups } = inField('geo.treatedShare', () => assignStrata(panel, given.treatedShare, given.seed));
    return { cells: [{ name: 'treated', markets: treated }], groups };
  }
  const cells = given.cells ?? [];
  if (cells.length === 0 || cells.length > 10) throw badInput('geo.cells', 'Name the markets of 1 to 10 cells.');
  const seen = new Set<string>();
  cells.forEach(({ name, markets }, index) => {
    const field = `geo.cells.${index}`;
    if (!name.trim()) throw badInput(`${field}.name`, 'Every cell needs a name.');
    if (markets.length === 0) throw badInput(`${field}.markets`, 'A cell has at least one market.');
    for (const market of markets) {
      if (!panel.units.includes(market)) throw badInput(`${field}.markets`, `There are no figures of ${market}.`);
      if (seen.has(market)) throw badInput(`${field}.markets`, `${market} is in two cells.`);
      seen.add(market);
    }
  });
  if (new Set(cells.map(({ name }) => name)).size < cells.length)
    throw badInput('geo.cells', 'Two cells have one name.');
  return { cells, groups: [] };
}

function conclude({ name, markets }: GeoCell, design: GeoDesigned['power'][number], power: number): string {
  const { detectable, duration, windows, falsePositiveRate } = design;
  const where = `${name} (${markets.join(', ')})`;
  const wolf = `a test that did nothing would have looked like one that worked in ${figure(100 * falsePositiveRate)} % of them`;
  if (detectable === null) {
    return `In ${where}, none of the effects tried would be found in ${duration} days with a probability of ${figure(100 * power)} %; over ${windows} windows of history, ${wolf}.`;
  }
  return `In ${where}, ${duration} days would find an effect of ${figure(100 * detectable)} % with a probability of ${figure(100 * power)} % or more; over ${windows} windows of history, ${wolf}.`;
}
