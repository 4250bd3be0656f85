import { availableParallelism } from 'node:os';
import type { CoveredWorld } from '@liftos/causal/studies/cover-world.pure.ts';
import { summariseCoverage, type Coverage } from '@liftos/causal/studies/summarise-coverage.pure.ts';
import { runInPool } from '@liftos/core/worker-pool.ts';
import type { CoverageTask } from './study.worker.ts';

const workerFile = new URL('./study.worker.ts', import.meta.url);

/** Fits the model to so many generated worlds and writes what came of it as a page. */
export async function coverageStudy(worlds = 220): Promise<string> {
  const settings = { weeks: 156, chains: 4, draws: 500 };
  const begin = performance.now();
  let done = 0;
  const covered = await Promise.all(
    Array.from({ length: worlds }, async (_, world) => {
      const result = await runInPool<CoveredWorld>(workerFile, 'cover', { ...settings, world } satisfies CoverageTask);
      process.stderr.write(`\r${++done} of ${worlds} worlds`);
      return result;
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  return pageOf(covered, { ...settings, seconds });
}

function pageOf(
  worlds: readonly CoveredWorld[],
  { weeks, chains, draws, seconds }: { weeks: number; chains: number; draws: number; seconds: number },
): string {
  const all = summariseCoverage(worlds);
  const platforms = [...new Set(worlds.map(platformOf))];
  const byPlatform = platforms.map((platform) => ({
    platform,
    found: summariseCoverage(worlds.filter((world) => platformOf(world) === platform)),
  }));
  const weakest = byPlatform.reduce((least, one) => (one.found.share < least.found.share ? one : least));
  return [
    '# How often the mix model’s intervals hold the truth',
    '',
    `Written by \`npm run study -- coverage ${worlds.length}\` in ${Math.round(seconds)} s on ${availableParallelism()} cores.`,
    '',
    'The worlds are those of generated data (mock connections): weekly spend that follows budgets moved every three',
    'weeks, demand with trend and season, daily carry-over of every channel, Hill curves of which some are S-shaped,',
    'Poisson conversions, and sales without any marketing. Nothing of this is what the model assumes: it fits weeks, a',
    'geometric carry-over of weeks, a logistic curve and normal noise. The truth of a channel is the revenue it is',
    'credited with over its spend. Every world has a seed of its own, 1000 and on.',
    '',
    `Settings: the defaults of a training, ${weeks} weeks, ${chains} chains of ${draws} draws after as many for warm-up, seed 1.`,
    '',
    `| worlds | shown | refused | intervals | hold the truth | 95 % interval | truth below | truth above | width / truth | estimate / truth | largest R-hat |`,
    `| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |`,
    rowOf('all', all),
    ...byPlatform.map(({ platform, found }) => rowOf(platform, found)),
    '',
    '## Reading',
    '',
    `${percent(all.share)} of the 90 % intervals of ROI hold the truth; wanted are 85 % to 95 %, so the model ${all.share >= 0.85 && all.share <= 0.95 ? 'does what its intervals say, on worlds that are not of its kind' : 'does NOT do what its intervals say on these worlds'}.`,
    '',
    `Where they miss, the truth lies above in ${percent(all.above)} and below in ${percent(all.below)} of all intervals; the median estimate is ${all.ratio.toFixed(2)} times the truth. The intervals are wide: half of them are wider than ${percent(all.width)} of the truth. That is what three years of weekly totals can tell; an experiment narrows them.`,
    '',
    `The weakest row is ${weakest.platform} with ${percent(weakest.found.share)} of ${weakest.found.intervals} intervals${weakest.found.high < 0.9 ? ': with that truth the model is surer than it may be' : ', which chance may explain'}.`,
    '',
    'Worlds of one platform share their truth and differ in spend and noise, so the rows by platform say how the model',
    'fares with that truth rather than on average over beliefs. The intervals of one world are not independent, so the',
    'interval of the share is somewhat too narrow.',
    '',
  ].join('\n');
}

function platformOf({ name }: CoveredWorld): string {
  return name.split(',')[0]!;
}

function rowOf(name: string, found: Coverage): string {
  const cells = [
    name,
    found.worlds,
    found.refused,
    found.intervals,
    percent(found.share),
    `${percent(found.low)} to ${percent(found.high)}`,
    percent(found.below),
    percent(found.above),
    percent(found.width),
    found.ratio.toFixed(2),
    found.worstRHat.toFixed(3),
  ];
  return `| ${cells.join(' | ')} |`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
